namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Types of stored tensors, under the names of the safetensors format.</summary>
internal enum ElementType
{
    F32,
    F16,
    BF16,
    F64,
    I64,
    I32,
    I16,
    I8,
    U8,
    BOOL,
}
