namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Git stores large files apart and leaves a small text file in their place; a clone without git-lfs has only that.</summary>
internal static class LargeFilePointer
{
    /// <summary>Refuses a file that starts like such a text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Its first 8 bytes.</param>
    public static void Refuse(string path, ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("version "u8))
            throw new CheckpointException(
                path, "is not the weights but a Git LFS pointer to them. Run 'git lfs pull' in the folder, or download the file itself.");
    }
}
