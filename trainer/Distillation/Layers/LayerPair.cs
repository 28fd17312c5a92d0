namespace Edge.Trainer.Distillation.Layers;

/// <summary>A student's layer and the teacher's that it learns from; both count from 0, as parameter names do.</summary>
internal readonly record struct LayerPair(int Student, int Teacher);
