using System.Diagnostics.CodeAnalysis;
using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>
/// Teachers' probabilities for utterances that come back in every epoch, in half precision: from 0.00006 on its error is below
/// 0.0005 relative, far below the teachers' own.
/// </summary>
/// <param name="mostBytes">Memory for the values; what does not fit is not kept.</param>
internal sealed class TeacherAnswerCache(long mostBytes)
{
    private const int Overhead = 100; // an entry, its list and the headers of its arrays

    private readonly Dictionary<EncodedUtterance, Half[][]> _answers = new(new SameTokens());

    /// <summary>Utterances kept.</summary>
    public int Count => _answers.Count;

    /// <summary>Memory in use.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether an utterance was refused because the memory was used up.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Finds the probabilities of every head: one list of outputs, or tags token by token.</summary>
    public bool TryGet(EncodedUtterance utterance, [NotNullWhen(true)] out Half[][]? answer) => _answers.TryGetValue(utterance, out answer);

    /// <summary>Keeps an answer; the first one of an utterance stays.</summary>
    /// <returns>False where there is no room.</returns>
    public bool Add(EncodedUtterance utterance, Half[][] answer)
    {
        var bytes = Overhead + (2L * answer.Sum(head => head.Length));
        if (Bytes + bytes > mostBytes)
        {
            IsFull = true;
            return false;
        }
        if (_answers.TryAdd(utterance, answer))
            Bytes += bytes;
        return true;
    }
}
