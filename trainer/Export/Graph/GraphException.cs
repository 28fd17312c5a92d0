namespace Edge.Trainer.Export.Graph;

/// <summary>A graph was being built wrongly; the message names the node, what it got and what it takes.</summary>
internal sealed class GraphException(string message) : Exception(message);
