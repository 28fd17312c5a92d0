using Edge.Trainer.Export.Graph;

namespace Edge.Trainer.Export.MatMuls;

/// <summary>How the encoder's word table and matrices stand in a graph of standard operators: here in single precision.</summary>
internal class EncoderMatMuls
{
    /// <summary>Whether tables are stored in 8 bits.</summary>
    public virtual bool AreIntegers => false;

    /// <summary>Rows of the word table.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weightName">Name of the table.</param>
    /// <param name="table">[words, hidden], row after row.</param>
    /// <param name="hidden">Width of a row.</param>
    /// <param name="ids">[batch, length].</param>
    /// <returns>[batch, length, hidden].</returns>
    public virtual GraphValue Words(GraphBuilder graph, string weightName, float[] table, int hidden, GraphValue ids) =>
        graph.Gather("embeddings/words", graph.Constant(weightName, table, table.Length / hidden, hidden), ids);

    /// <summary>x · matrix.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Name of the result.</param>
    /// <param name="x">[batch, length, inputs].</param>
    /// <param name="weightName">Name of the matrix.</param>
    /// <param name="matrix">[inputs, outputs], row after row.</param>
    /// <param name="outputs">Number of columns.</param>
    /// <returns>[batch, length, outputs].</returns>
    public virtual GraphValue Multiply(GraphBuilder graph, string name, GraphValue x, string weightName, float[] matrix, int outputs) =>
        graph.MatMul(name, x, graph.Constant(weightName, matrix, x.Shape[^1], outputs));
}
