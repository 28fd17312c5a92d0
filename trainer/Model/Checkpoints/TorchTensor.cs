namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A tensor as a pickle describes it.</summary>
/// <param name="Storage">Where its values lie.</param>
/// <param name="Offset">Element of the storage that comes first.</param>
/// <param name="Shape">Size of each dimension.</param>
/// <param name="Strides">Elements from one index of a dimension to the next.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);
