using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Training;

namespace Edge.Trainer.Running;

/// <summary>Data, task and vocabulary of a run, ready for training.</summary>
internal sealed record PreparedData
{
    /// <summary>The utterances as read.</summary>
    public required DataSplits Splits { get; init; }

    /// <summary>Heads with their final labels and the transitions of their tags.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>Tokenizer over the vocabulary at <see cref="VocabularyFile"/>.</summary>
    public required UtteranceTokenizer Tokenizer { get; init; }

    /// <summary>The vocabulary, made from the training text.</summary>
    public required string VocabularyFile { get; init; }

    /// <summary>Encodes utterances for the task.</summary>
    public required ExampleEncoder Encoder { get; init; }

    /// <summary>What models learn from.</summary>
    public required IReadOnlyList<TrainingExample> Train { get; init; }

    /// <summary>What steers training and calibration.</summary>
    public required EvaluationSet Dev { get; init; }

    /// <summary>What the figures are measured on.</summary>
    public required EvaluationSet Test { get; init; }

    /// <summary>Reads, infers and encodes everything.</summary>
    /// <param name="options">Where the data lie.</param>
    /// <param name="folder">Temporary folder for the vocabulary.</param>
    public static PreparedData Read(RunOptions options, string folder)
    {
        var task = options.TaskFile is null ? null : TaskFile.Read(options.TaskFile);
        var splits = DataFolder.Read(options.Data, new DataReadOptions
        {
            Map = options.Map is null ? null : ColumnMap.Parse(options.Map),
            SkipBadFile = options.SkipBadFile,
            Task = task,
            Seed = options.Seed,
        });
        task = task is null ? TaskInference.Infer(splits.Train) : TaskInference.Complete(task, splits.Train);

        var settings = new TokenizerSettings();
        var vocabularyFile = Path.Combine(folder, "vocab.txt");
        var texts = splits.Train.Select(u => u.Text).Concat(splits.Train.Select(u => u.Context).OfType<string>());
        VocabularyBuilder.Write(vocabularyFile, VocabularyBuilder.Build(texts, settings));
        var tokenizer = UtteranceTokenizer.Load(vocabularyFile, settings);
        var encoder = new ExampleEncoder(tokenizer, task);
        var train = encoder.Encode(splits.Train);
        return new PreparedData
        {
            Splits = splits,
            Task = TagTransitionEstimate.AddTo(task, train),
            Tokenizer = tokenizer,
            VocabularyFile = vocabularyFile,
            Encoder = encoder,
            Train = train,
            Dev = EvaluationSet.Create(splits.Dev, encoder),
            Test = EvaluationSet.Create(splits.Test, encoder),
        };
    }
}
