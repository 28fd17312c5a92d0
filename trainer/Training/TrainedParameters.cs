using Edge.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>The parameters that a phase changes.</summary>
internal static class TrainedParameters
{
    /// <summary>Parameters of a module, and of a model's additions, that take a gradient.</summary>
    public static IEnumerable<(string Name, Parameter Parameter)> Of(nn.Module module)
    {
        var named = module.named_parameters();
        if (module is BertTaskModel { Additions: { } additions })
            // names of modules have no dots
            named = named.Concat(additions.named_parameters().Select(entry => (entry.name.Replace('/', '.'), entry.parameter)));
        return named.Where(entry => entry.parameter.requires_grad).Select(entry => (entry.name, entry.parameter));
    }
}
