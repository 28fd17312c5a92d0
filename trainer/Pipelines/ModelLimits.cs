using Edge.Bundles.Common;
using Edge.Bundles.Tasks;
using Edge.Trainer.Model;

namespace Edge.Trainer.Pipelines;

/// <summary>What a model that training starts from can read.</summary>
/// <param name="Folder">Where it comes from, for messages.</param>
/// <param name="MaxLength">Longest input in tokens, at most the positions of <paramref name="Config"/>.</param>
/// <param name="Config">Its sizes; a context beside the utterance needs two token types.</param>
internal sealed record ModelLimits(string Folder, int MaxLength, BertConfig Config)
{
    /// <summary>A task with a length that the model reads.</summary>
    /// <param name="task">The task, completed from the data.</param>
    /// <param name="file">Its file; <c>null</c> where there is none or it names no length: then a shorter one is no contradiction.</param>
    /// <exception cref="UserException">The task asks for more than the model has.</exception>
    public TaskDefinition Fit(TaskDefinition task, string? file)
    {
        var problems = new List<string>();
        if (task.MaxLength > MaxLength && file is not null)
            problems.Add(
                $"{file}: maxLength is {task.MaxLength}; {Folder} reads at most {MaxLength} tokens (max_position_embeddings " +
                $"{Config.MaxPositions}); set maxLength to {MaxLength} or less");
        if (task.UsesContext && Config.TypeVocabularySize < 2)
            problems.Add(
                $"{Folder}: type_vocab_size is {Config.TypeVocabularySize}; utterances with a context need 2 segments; leave the context " +
                "out or choose another checkpoint");
        UserException.ThrowIfAny(problems);
        return task with { MaxLength = Math.Min(task.MaxLength, MaxLength) };
    }
}
