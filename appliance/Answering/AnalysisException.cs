namespace Edge.Appliance.Answering;

/// <summary>An utterance could not be analysed. It is logged already.</summary>
internal sealed class AnalysisException(Exception inner) : Exception("The utterance could not be analysed.", inner);
