using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>
/// The teachers' answers with a linear teacher's mixed in: w × linear + (1 − w) × teachers, in probabilities, head by head.
/// </summary>
/// <param name="linear">The linear teacher.</param>
/// <param name="weights">Its weight on each head, 0 to 1.</param>
internal sealed class TeacherMixture(LinearTeacher linear, IReadOnlyList<double> weights)
{
    private readonly LinearTeacher _linear = linear.Only(head => weights[head] > 0);

    /// <summary>Weight of the linear teacher on each head.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>Mixes into answers.</summary>
    /// <param name="teachers">Probabilities by head: [rows, outputs], or [rows, tokens, tags].</param>
    /// <param name="examples">The rows.</param>
    /// <param name="text">Tokens of the utterances themselves, Bool [rows, tokens].</param>
    public IReadOnlyList<Tensor> Mix(IReadOnlyList<Tensor> teachers, IReadOnlyList<TrainingExample> examples, Tensor text)
    {
        if (weights.All(weight => weight == 0))
            return teachers;
        var said = Said(_linear, teachers, examples, text);
        return [.. teachers.Select((answer, i) => weights[i] == 0 ? answer : Blend(answer, said[i], weights[i]))];
    }

    /// <summary>The weighted mean of teachers' and linear teacher's probabilities for one head.</summary>
    public static Tensor Blend(Tensor teachers, Tensor linear, double weight) =>
        teachers.mul(Scalars.Of(1 - weight)).Plus(linear.mul(Scalars.Of(weight)));

    /// <summary>What a linear teacher says, in the shape of the teachers' answers.</summary>
    public static IReadOnlyList<Tensor> Said(
        LinearTeacher linear, IReadOnlyList<Tensor> teachers, IReadOnlyList<TrainingExample> examples, Tensor text)
    {
        var answers = new float[examples.Count][][];
        Parallel.For(0, examples.Count, row => answers[row] = linear.Probabilities(examples[row]));
        return [.. teachers.Select(ToTensor)];

        Tensor ToTensor(Tensor answer, int head)
        {
            var width = (int)(answer.numel() / answer.shape[0]);
            var values = new float[answers.Length * width];
            for (var row = 0; row < answers.Length; row++)
                answers[row][head].CopyTo(values, row * width); // tokens of the row; padding stays 0
            var said = tensor(values, answer.shape, device: answer.device);
            return linear.Task.Heads[head].Kind == HeadKind.Span ? said * text.unsqueeze(-1) : said;
        }
    }
}
