using Edge.Appliance.Configuration;
using Edge.Bundles.Common;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.UncertainCases;

/// <summary>The SQLite file of uncertain cases. For one writer; readers may open the file beside it (WAL).</summary>
internal sealed class UncertainCaseStore : IDisposable
{
    private const string Insert =
        """
        INSERT INTO uncertain_case
            (line, utterance_id, sender_id, fingerprint, text, context, answer, confidences, lowest_confidence, bundle, received_at)
        VALUES ($line, $utteranceId, $senderId, $fingerprint, $text, $context, $answer, $confidences, $lowest, $bundle, $receivedAt)
        ON CONFLICT (line, sender_id, fingerprint) DO NOTHING
        """;

    // SQLite's codes: the file is damaged, or it is no database.
    private static readonly int[] DamagedCodes = [11, 26];

    private readonly UncertainCaseOptions _options;
    private readonly string _file;
    private SqliteConnection _connection;
    private (FileIdentity? Main, FileIdentity? Log) _opened;

    private UncertainCaseStore(SqliteConnection connection, UncertainCaseOptions options, string file)
    {
        (_connection, _options, _file) = (connection, options, file);
        _opened = Identify(file);
    }

    /// <summary>Opens the file, creating or migrating it.</summary>
    /// <exception cref="UserException">The file cannot be opened.</exception>
    public static UncertainCaseStore Open(UncertainCaseOptions options)
    {
        var file = Path.GetFullPath(options.File);
        return new UncertainCaseStore(CaseDatabase.Open(file), options, file);
    }

    /// <summary>Whether an exception says that the file is damaged.</summary>
    public static bool IsDamage(Exception failure) =>
        failure.GetBaseException() is SqliteException { SqliteErrorCode: var code } && DamagedCodes.Contains(code);

    /// <summary>
    /// Whether the path still names the file that is open, its write-ahead log included. Where somebody deleted or replaced it, SQLite
    /// goes on writing to a file that nobody will ever read.
    /// </summary>
    public bool IsInPlace() => Identify(_file) == _opened && new FileInfo(_file) is { Exists: true, Length: > 0 };

    /// <summary>Opens the file that the path names now, creating it where there is none.</summary>
    /// <exception cref="UserException">It cannot be opened; the store stays as it is.</exception>
    public void Reopen()
    {
        var old = _connection;
        _connection = CaseDatabase.Open(_file);
        _opened = Identify(_file);
        old.Dispose();
    }

    /// <summary>Renames a damaged file and its log, and opens a new one.</summary>
    /// <returns>The damaged file's name now.</returns>
    public string SetAside()
    {
        _connection.Dispose();
        var aside = $"{_file}.damaged-{DateTime.UtcNow:yyyyMMddTHHmmssfff}";
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(_file + suffix))
                File.Move(_file + suffix, aside + suffix);
        }
        Reopen();
        return aside;
    }

    /// <summary>Whether the file has reached its largest size.</summary>
    public bool IsFull()
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            "SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s";
        return Convert.ToInt64(command.ExecuteScalar()) >= _options.MaxMegabytes * 1_000_000L;
    }

    /// <summary>Adds cases in one transaction; cases that are there already are left as they are. On disk when it returns.</summary>
    /// <returns>Number of cases that were new.</returns>
    public int Add(IEnumerable<UncertainCase> cases)
    {
        using var transaction = _connection.BeginTransaction();
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Insert;
        var added = 0;
        foreach (var item in cases)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$line", item.Line);
            command.Parameters.AddWithValue("$utteranceId", item.UtteranceId);
            command.Parameters.AddWithValue("$senderId", item.SenderId);
            command.Parameters.AddWithValue("$fingerprint", item.Fingerprint);
            command.Parameters.AddWithValue("$text", item.Text);
            command.Parameters.AddWithValue("$context", (object?)item.Context ?? DBNull.Value);
            command.Parameters.AddWithValue("$answer", item.Answer);
            command.Parameters.AddWithValue("$confidences", item.Confidences);
            command.Parameters.AddWithValue("$lowest", item.LowestConfidence);
            command.Parameters.AddWithValue("$bundle", item.Bundle);
            command.Parameters.AddWithValue("$receivedAt", CaseDatabase.Time(item.ReceivedAt));
            added += command.ExecuteNonQuery();
        }
        transaction.Commit();
        return added;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static (FileIdentity?, FileIdentity?) Identify(string file) => (FileIdentity.Of(file), FileIdentity.Of(file + "-wal"));
}
