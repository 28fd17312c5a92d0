using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Terms;

/// <summary>
/// How the tokens of a layer relate to each other, as distributions over the tokens, compared between student and teacher.
/// <see cref="Relations"/> compares queries with queries, keys with keys and values with values (MiniLMv2, Wang et al. 2021):
/// they are split into relation heads anew, so the models may have other heads and widths. <see cref="AttentionMaps"/> compares
/// queries with keys, which is each head's attention up to <see cref="RelativePositions"/>, and needs as many heads in both (Wang et al.
/// 2020; TinyBERT compares the same before the softmax, which also punishes an offset that the softmax removes).
/// </summary>
internal static class RelationLoss
{
    private const float Padding = -10_000f; // exp of it is 0, and no infinity enters a MatMul

    /// <summary>KL(teacher || student) of the relations of queries, keys and values, mean over kinds, heads and real tokens.</summary>
    /// <param name="student">Queries, keys, values side by side, [batch, tokens, 3 · hidden].</param>
    /// <param name="teacher">The same of the teacher, of any width.</param>
    /// <param name="mask">Real tokens, Bool [batch, tokens]; <c>null</c>: all.</param>
    /// <param name="heads">Relation heads; divides both widths.</param>
    /// <param name="compute">How MatMuls are computed.</param>
    public static Tensor Relations(Tensor student, Tensor teacher, Tensor? mask, int heads, BertCompute compute)
    {
        return Divergence(Scores(student), Scores(teacher), mask);

        Tensor Scores(Tensor projected)
        {
            var parts = Split(projected, heads); // [3 · batch · heads, tokens, width]
            return Similarity(parts, parts, projected.shape[0], heads, compute);
        }
    }

    /// <summary>KL(teacher || student) of the attention of every head, mean over heads and real tokens.</summary>
    /// <param name="student">Queries, keys, values side by side, [batch, tokens, 3 · hidden].</param>
    /// <param name="teacher">The same of the teacher.</param>
    /// <param name="mask">Real tokens, Bool [batch, tokens]; <c>null</c>: all.</param>
    /// <param name="heads">Attention heads of both models.</param>
    /// <param name="compute">How MatMuls are computed.</param>
    public static Tensor AttentionMaps(Tensor student, Tensor teacher, Tensor? mask, int heads, BertCompute compute)
    {
        return Divergence(Scores(student), Scores(teacher), mask);

        Tensor Scores(Tensor projected)
        {
            var parts = Split(projected, heads).chunk(3); // queries, keys, values: [batch · heads, tokens, width] each
            return Similarity(parts[0], parts[1], projected.shape[0], heads, compute);
        }
    }

    /// <summary>The most relation heads up to a limit that divide both widths. More of them compare finer.</summary>
    public static int HeadsFor(int studentWidth, int teacherWidth, int most = 12)
    {
        for (var heads = most; heads > 1; heads--)
        {
            if (studentWidth % heads == 0 && teacherWidth % heads == 0)
                return heads;
        }
        return 1;
    }

    // [batch, tokens, 3 · hidden] -> [3 · batch · heads, tokens, hidden / heads]
    private static Tensor Split(Tensor projected, int heads)
    {
        var (batch, tokens, width) = (projected.shape[0], projected.shape[1], projected.shape[2] / 3 / heads);
        return projected.view(batch, tokens, 3, heads, width).permute(2, 0, 3, 1, 4).reshape(3 * batch * heads, tokens, width);
    }

    // Scaled dot products of all rows with all columns of the same kind, utterance and head: [kinds, batch, heads, tokens, tokens].
    private static Tensor Similarity(Tensor rows, Tensor columns, long batch, int heads, BertCompute compute)
    {
        var tokens = rows.shape[1];
        return compute.Multiply(rows.mul(Scalars.Of(1 / Math.Sqrt(rows.shape[2]))), columns.transpose(1, 2))
            .view(-1, batch, heads, tokens, tokens);
    }

    private static Tensor Divergence(Tensor student, Tensor teacher, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        if (mask is not null)
        {
            var penalty = mask.logical_not().to(student.dtype).view(1, mask.shape[0], 1, 1, mask.shape[1]).mul(Scalars.Of(Padding));
            (student, teacher) = (student.Plus(penalty), teacher.Plus(penalty));
        }
        var logTeacher = teacher.log_softmax(-1);
        var rows = (logTeacher.exp() * (logTeacher - student.log_softmax(-1))).sum(-1); // [kinds, batch, heads, tokens]
        return TokenMean.Of(rows.mean([0, 2]), mask).MoveToOuterDisposeScope();
    }
}
