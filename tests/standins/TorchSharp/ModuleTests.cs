using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Standins.Tests.Torch;

public sealed class ModuleTests
{
    [Fact]
    public void RegisterComponents_Fields_GiveTheNamesOfPyTorch()
    {
        using var model = new Model();
        Assert.Equal(
            [
                "scale", "words.weight", "layer.0.dense.weight", "layer.0.dense.bias", "layer.0.LayerNorm.weight", "layer.0.LayerNorm.bias",
                "layer.1.dense.weight", "layer.1.dense.bias", "layer.1.LayerNorm.weight", "layer.1.LayerNorm.bias",
                "tail.fc.weight", "tail.fc.bias",
            ],
            model.named_parameters().Select(pair => pair.name));
        Assert.Equal(["positions"], model.named_buffers().Select(pair => pair.name));
        Assert.Equal(["words", "layer", "tail"], model.named_children().Select(pair => pair.name));
        Assert.Contains("positions", model.state_dict().Keys);
        Assert.NotNull(model.get_parameter("layer.1.dense.bias"));
        Assert.Null(model.get_parameter("layer.7.dense.bias"));
    }

    [Fact]
    public void Train_AndEval_ReachEverySubmodule()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));
        var ids = tensor(new long[] { 1, 2, 3 }).unsqueeze(0);
        Assert.True(model.call(ids).Equals(model.call(ids)));
        model.train();
        Assert.True(model.training);
        Assert.False(model.call(ids).Equals(model.call(ids)));
    }

    [Fact]
    public void To_OtherType_ReplacesParametersButNotThoseOfEmbeddings()
    {
        using var model = new Model();
        var linear = model.get_parameter("tail.fc.weight")!;
        var own = model.get_parameter("scale")!;
        var words = model.get_parameter("words.weight")!;
        model.to(ScalarType.Float64);
        Assert.True(linear.IsInvalid);
        Assert.True(own.IsInvalid);
        Assert.False(words.IsInvalid);
        Assert.Equal(ScalarType.Float64, words.dtype);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Int64, model.get_buffer("positions")!.dtype);
        model.call(tensor(new long[] { 1, 2, 3 }).unsqueeze(0)).sum().backward();
        Assert.NotNull(words.grad);
    }

    [Fact]
    public void To_NothingToDo_KeepsParameters()
    {
        using var linear = Linear(2, 2);
        var before = linear.weight;
        linear.to(ScalarType.Float32).cpu();
        Assert.Same(before, linear.weight);
        using var model = new Model();
        Assert.Throws<ArgumentException>(() => model.to(ScalarType.Int64));
    }

    /// <summary>A defect of the real package that the product has to know of: heads go into fields or a ModuleList.</summary>
    [Fact]
    public void ModuleDict_NamesItsModulesButCannotBeMoved()
    {
        using var heads = new Heads();
        Assert.Equal(["heads.intent.weight", "heads.intent.bias", "heads.mood.weight"], heads.named_parameters().Select(pair => pair.name));
        heads.to(DeviceType.CPU);
        Assert.Throws<ArgumentException>(() => heads.to(ScalarType.Float64));
    }

    [Fact]
    public void EmbeddingWeight_UsedElsewhere_IsTied()
    {
        using var scope = NewDisposeScope();
        using var embedding = Embedding(4, 3);
        F.linear(ones(1, 3), embedding.weight!).sum().backward();
        Assert.Equal(12f, embedding.parameters().Single().grad!.sum().item<float>());
    }

    [Fact]
    public void SaveAndLoad_OtherModel_GivesTheSameOutputs()
    {
        using var scope = NewDisposeScope();
        var path = Path.GetTempFileName();
        try
        {
            manual_seed(1);
            using var one = new Model();
            using var two = new Model();
            one.eval();
            two.eval();
            var ids = tensor(new long[] { 1, 2, 3 }).unsqueeze(0);
            var loaded = new Dictionary<string, bool>();
            one.save(path);
            var weight = two.get_parameter("tail.fc.weight")!;
            two.load(path, loadedParameters: loaded);
            Assert.True(one.call(ids).Equals(two.call(ids)));
            Assert.Equal(13, loaded.Count);
            Assert.All(loaded.Values, Assert.True);
            Assert.Same(weight, two.get_parameter("tail.fc.weight"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Save_Stream_HasTheDocumentedForm()
    {
        using var linear = Linear(2, 1, hasBias: false);
        linear.weight.detach().copy_(tensor(new[] { 1f, -2f }).view(1, 2));
        var stream = new MemoryStream();
        linear.save(stream);
        byte[] expected = [1, 6, .. "weight"u8, 6, 2, 1, 2, .. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(-2f)];
        Assert.Equal(expected, stream.ToArray());
        Assert.False(stream.CanWrite);
    }

    [Fact]
    public void Load_OtherShapeOrName_IsRefused()
    {
        var stream = new MemoryStream();
        using (var small = Linear(2, 1))
            small.save(stream);
        using var large = Linear(3, 1);
        Assert.Throws<ArgumentException>(() => large.load(new MemoryStream(stream.ToArray())));
        using var wrapped = Sequential(("fc", Linear(2, 1)));
        Assert.Throws<ArgumentException>(() => wrapped.load(new MemoryStream(stream.ToArray())));
    }

    [Fact]
    public void LoadStateDict_Strict_RefusesOtherNamesAndLenientListsThem()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 1);
        var weight = linear.weight;
        var source = new Dictionary<string, Tensor> { ["weight"] = full([1, 2], 0.5f), ["extra"] = ones(1) };
        Assert.Throws<InvalidOperationException>(() => linear.load_state_dict(source));
        var (missing, unexpected) = linear.load_state_dict(source, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["extra"], unexpected);
        Assert.Same(weight, linear.weight);
        Assert.Equal([0.5f, 0.5f], linear.weight.data<float>().ToArray());
    }

    [Fact]
    public void Linear_Initial_IsWithinTheBoundOfItsInputs()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var linear = Linear(100, 50);
        Assert.Equal([50, 100], linear.weight.shape);
        Assert.InRange(linear.weight.abs().max().item<float>(), 0.095f, 0.1f);
        Assert.InRange(linear.bias!.abs().max().item<float>(), 0.05f, 0.1f);
    }

    [Fact]
    public void Losses_AsModules_EqualTheFunctions()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var x = randn(4, 3);
        var y = tensor(new long[] { 0, 2, 1, 1 });
        Assert.True(CrossEntropyLoss().call(x, y).allclose(F.nll_loss(x.log_softmax(1), y)));
        Assert.True(new CrossEntropyLoss(label_smoothing: 0.1).call(x, y).allclose(F.cross_entropy(x, y, label_smoothing: 0.1)));
        Assert.True(MSELoss().call(x, zeros_like(x)).allclose((x * x).mean()));
    }

    private sealed class Layer : Module<Tensor, Tensor>
    {
        private readonly Linear dense;

        [ComponentName(Name = "LayerNorm")]
        private readonly LayerNorm norm;

        private readonly Dropout dropout;

        public Layer() : base(nameof(Layer))
        {
            dense = Linear(4, 4);
            norm = LayerNorm(4);
            dropout = Dropout(0.5);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => norm.call(input + dropout.call(dense.call(input)));
    }

    private sealed class Heads : Module<Tensor, Tensor>
    {
        private readonly ModuleDict<Linear> heads = ModuleDict(("intent", Linear(4, 2)), ("mood", Linear(4, 2, hasBias: false)));

        public Heads() : base(nameof(Heads)) => RegisterComponents();

        public override Tensor forward(Tensor input) => heads["intent"].call(input);
    }

    private sealed class Model : Module<Tensor, Tensor>
    {
        private readonly Embedding words;
        private readonly ModuleList<Layer> layer;
        private readonly Sequential tail;
        private readonly Parameter scale;
        private readonly Tensor positions;

        public Model() : base(nameof(Model))
        {
            words = Embedding(10, 4);
            layer = new ModuleList<Layer>(new Layer(), new Layer());
            tail = Sequential(("fc", Linear(4, 3)), ("act", GELU()));
            scale = (Parameter)Parameter(ones(1)).DetachFromDisposeScope();
            positions = arange(8).DetachFromDisposeScope();
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var hidden = words.call(input) * scale;
            foreach (var one in layer)
                hidden = one.call(hidden);
            return tail.call(hidden);
        }
    }
}
