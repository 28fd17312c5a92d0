namespace Edge.Trainer.LinearModels;

/// <summary>How a linear model of labels learns.</summary>
/// <param name="Rate">Step of AdaGrad.</param>
/// <param name="Varied">Whether variants of utterances are learned, too.</param>
/// <param name="Triples">Whether triples of words are read, too: of Chinese characters they help, of English words they may not.</param>
internal readonly record struct LinearSetting(double Rate, bool Varied, bool Triples);
