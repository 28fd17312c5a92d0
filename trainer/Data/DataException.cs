using Edge.Bundles.Common;

namespace Edge.Trainer.Data;

/// <summary>Data that cannot be trained on; the message says place, found, allowed and remedy.</summary>
internal class DataException(string message) : UserException(message);
