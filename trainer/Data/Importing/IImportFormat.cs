namespace Edge.Trainer.Data.Importing;

/// <summary>Reads the files of one annotation tool or data set.</summary>
internal interface IImportFormat
{
    /// <summary>What it is called, for people.</summary>
    string Name { get; }

    /// <summary>Whether a file is of this format, by its content.</summary>
    bool Recognises(ImportSource source);

    /// <summary>Takes what there is; every row becomes an utterance of the report or is left there with a reason.</summary>
    void Read(ImportSource source, ImportOptions options, ImportReport report);
}
