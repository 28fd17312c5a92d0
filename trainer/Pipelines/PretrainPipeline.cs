using System.Globalization;
using System.Text.Json;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;
using Edge.Trainer.Training.MaskedLanguage;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// <c>edge-trainer pretrain</c>: masked-language modelling (Devlin et al. 2019) on raw texts. 1. read the texts; 2. vocabulary
/// and model, fresh or from a checkpoint; 3. train; 4. write a Hugging Face directory. Nothing is left in its place where it is
/// ended; what was trained by then is kept beside it.
/// </summary>
internal sealed class PretrainPipeline(PretrainOptions options, RunRecipe recipe, IRunDisplay display, CancellationToken cancellation)
{
    private const double UsualEpochs = 10;
    private const string DefaultSize = "tiny";
    private readonly PipelineFrame _frame = PipelineFrame.For(options, display);

    /// <summary>Trains and writes.</summary>
    /// <returns>How well words of held-out texts are guessed; <c>null</c> where there are too few texts to hold some out.</returns>
    public HeldOutWords? Run()
    {
        using (_frame)
            return _frame.Do(Run);
    }

    private HeldOutWords? Run(string folder)
    {
        // 1. Texts
        var texts = ReadTexts();
        var checkpoint = options.Init is null ? null : Checkpoint.Open(options.Init);
        var loop = checkpoint is null ? recipe.Pretraining : recipe.ContinuedPretraining;
        _frame.Store.Open(Identity(texts, loop, checkpoint), options.Resume, display);
        if (options.Threads is { } threads)
            torch.set_num_threads(threads);

        // 2. Vocabulary and model
        var vocabulary = checkpoint?.Vocabulary ?? MakeVocabulary(texts);
        var tokenizer = vocabulary.CreateTokenizer();
        var config = Config(tokenizer, checkpoint);
        var maxLength = Math.Min(options.MaxLength, checkpoint?.MaxLength ?? config.MaxPositions);
        var (examples, heldOut) = HeldOutWords.Split(TextExamples.Encode(texts, tokenizer, maxLength), options.Seed);
        if (examples.Count == 0)
            throw new DataException("The texts have no word; pretraining needs at least one line with text.");
        var units = MaskUnits.Learn(vocabulary.Pieces, examples.Select(example => example.Encoded.Ids));
        var task = new TaskDefinition { MaxLength = maxLength, Heads = [] };
        using var session = new TrainingSession(task, tokenizer, _frame.Session(options.Seed, recipe.BFloat16), display, cancellation);
        using var model = new BertTaskModel(config, task, session.Context.Compute);
        using var head = new MaskedWordHead(config, session.Context.Compute);
        if (checkpoint is not null)
            Load(checkpoint, model, head);
        model.to(session.Context.Device);
        head.to(session.Context.Device);
        display.Line(
            $"{examples.Count + heldOut.Count} texts, {examples.Sum(example => (long)example.Encoded.Length)} tokens, " +
            $"{tokenizer.VocabularySize} word pieces, {units.Links} pairs of characters in " +
            $"phrases; {config.Layers} layers of {config.HiddenSize}");

        // 3. Training
        var result = Pretrainer.Train(new TrainingPhase(PhaseNames.Pretraining, model, EpochSource.Of(examples), null, loop, Limit()), head,
            units, options.MaskedShare, session.Context);
        if (checkpoint is null)
            ModelParameters.FillPositions(model, examples.Max(example => example.Encoded.Length));
        display.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"pretraining: {result.Epochs:0.0} epochs, {result.Steps} steps in {result.Elapsed.TotalMinutes:0.0} min, " +
            $"{result.TokensPerSecond:0} tokens/s; loss {result.Losses.Select(loss => loss.Mean).FirstOrDefault(double.NaN):0.000}"));
        var measured = heldOut.Count == 0 ? null : HeldOutWords.Measure(model, head, units, options.MaskedShare, heldOut, session.Context);
        if (measured is not null)
            display.Line(
                string.Create(CultureInfo.InvariantCulture,
                    $"held-out texts: {measured.Accuracy * 100:0.0} % of {measured.Words} hidden words guessed, loss " +
                    $"{measured.Loss:0.000}"));

        // 4. Directory. A pooler that never learned is left out: whoever reads it then knows.
        cancellation.ThrowIfCancellationRequested();
        var encoder = ModelParameters.ToWeights(model)
            .Where(entry => checkpoint is { HasPooler: true } || !entry.Key.StartsWith(CheckpointNames.Pooler, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        CheckpointWriter.Write(
            options.Out, config, encoder, ModelParameters.ToWeights(head), vocabulary);
        _frame.Store.Delete();
        if (CheckpointWriter.NoteForOthers(config) is { } note)
            display.Line(note);
        display.Line($"{Path.GetFullPath(options.Out)}: written; edge-trainer run --teacher {options.Out} starts from it");
        return measured;
    }

    private List<string> ReadTexts()
    {
        var texts = RawTexts.Read(options.Texts).ToList();
        if (options.Data is not null)
        {
            var read = new DataReadOptions
            {
                Map = ColumnMap.Parse(options.Map), Offsets = options.Offsets, SkipBadFile = options.SkipBadFile, Preparation = recipe.Data
            };
            var splits = DataFolder.Read(options.Data, read);
            foreach (var file in splits.Files)
                display.Line(file.ToString());
            foreach (var note in splits.Notes)
                display.Line($"note: {note}");
            texts.AddRange(
                splits.Train.Select(utterance => utterance.Text)
                    .Concat(splits.Train.Select(utterance => utterance.Context).OfType<string>()));
        }
        return texts;
    }

    private GivenVocabulary MakeVocabulary(List<string> texts)
    {
        var settings = VocabularyBuilder.SettingsFor(texts, recipe.Data.StripAccents);
        var defaults = new VocabularyOptions();
        return new GivenVocabulary("the texts",
            VocabularyBuilder.Build(texts, settings, defaults with { Size = options.Vocabulary ?? defaults.Size }), settings);
    }

    private BertConfig Config(UtteranceTokenizer tokenizer, Checkpoint? checkpoint) => checkpoint is not null
        ? checkpoint.ConfigFor(checkpoint.Config.MaxPositions, recipe.Pooling)
        : recipe.Fresh(ModelSize.Parse(options.Size ?? DefaultSize)!, tokenizer.VocabularySize, options.MaxLength);

    private void Load(Checkpoint checkpoint, BertTaskModel model, MaskedWordHead head)
    {
        checkpoint.LoadInto(model);
        var hasHead = checkpoint.LoadMaskedWordHead(head);
        foreach (var line in checkpoint.Describe(hasHead))
            display.Line(line);
        if (!hasHead)
            display.Line($"{checkpoint.Folder} has no head for masked-language modelling; it starts fresh");
    }

    private PhaseLimit Limit() => new(
        options.Epochs ?? (options.BudgetMinutes is null ? UsualEpochs : double.MaxValue),
        options.BudgetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.MaxValue);

    private SortedDictionary<string, string> Identity(List<string> texts, LoopOptions loop, Checkpoint? checkpoint) =>
        new(StringComparer.Ordinal)
        {
            ["version"] = typeof(PretrainPipeline).Assembly.GetName().Version!.ToString(3),
            ["texts"] = RawTexts.Fingerprint(texts),
            ["--init"] = checkpoint?.Fingerprint() ?? "none",
            ["--size"] = options.Size ?? DefaultSize,
            ["--vocabulary"] = $"{options.Vocabulary}",
            ["--max-length"] = $"{options.MaxLength}",
            ["--epochs"] = string.Create(CultureInfo.InvariantCulture, $"{options.Epochs}"),
            ["--budget-minutes"] = string.Create(CultureInfo.InvariantCulture, $"{options.BudgetMinutes}"),
            ["--masked-share"] = string.Create(CultureInfo.InvariantCulture, $"{options.MaskedShare}"),
            ["--seed"] = $"{options.Seed}",
            ["--threads"] = options.Threads is { } threads ? $"{threads}" : "libtorch's",
            ["settings"] = JsonSerializer.Serialize((object)loop, TaskFile.Json)
            + $" dropout {recipe.Dropout}, relativePositions {recipe.RelativePositions}, activation {recipe.Activation}, pooling " +
            $"{recipe.Pooling}, initializerRange {recipe.InitializerRange}, bfloat16 {recipe.BFloat16}",
        };
}
