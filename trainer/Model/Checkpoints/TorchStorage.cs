namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A storage that a pickle refers to; several tensors may share it.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="Key">Its name within the file.</param>
/// <param name="Offset">First element, where it is a view of the storage with that key.</param>
/// <param name="Count">Elements.</param>
/// <param name="WholeCount">Elements of the storage with that key.</param>
internal sealed record TorchStorage(ElementType Type, string Key, long Offset, long Count, long WholeCount);
