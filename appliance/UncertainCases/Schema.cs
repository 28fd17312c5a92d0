using Edge.Bundles.Common;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.UncertainCases;

/// <summary>The store's tables. <c>user_version</c> counts the migrations that a file has seen.</summary>
internal static class Schema
{
    // Append only: released migrations never change.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE uncertain_case (
            id INTEGER PRIMARY KEY,
            line TEXT NOT NULL,
            utterance_id TEXT NOT NULL,
            sender_id TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            text TEXT NOT NULL,
            context TEXT,
            answer TEXT NOT NULL,
            confidences TEXT NOT NULL,
            lowest_confidence REAL NOT NULL,
            bundle TEXT NOT NULL,
            received_at TEXT NOT NULL,
            UNIQUE (line, sender_id, fingerprint)
        ) STRICT;
        """,
        // What a candidate would change (Shadowing).
        """
        CREATE TABLE shadow (
            candidate TEXT NOT NULL,
            served TEXT NOT NULL,
            compared INTEGER NOT NULL,
            differing INTEGER NOT NULL,
            since TEXT NOT NULL,
            until TEXT NOT NULL,
            PRIMARY KEY (candidate, served)
        ) STRICT;
        CREATE TABLE shadow_head (
            candidate TEXT NOT NULL,
            served TEXT NOT NULL,
            head TEXT NOT NULL,
            compared INTEGER NOT NULL,
            agreed INTEGER NOT NULL,
            accepted_before INTEGER NOT NULL,
            accepted_after INTEGER NOT NULL,
            PRIMARY KEY (candidate, served, head)
        ) STRICT;
        CREATE TABLE shadow_confusion (
            candidate TEXT NOT NULL,
            served TEXT NOT NULL,
            head TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (candidate, served, head, before, after)
        ) STRICT;
        CREATE TABLE shadow_case (
            id INTEGER PRIMARY KEY,
            candidate TEXT NOT NULL,
            served TEXT NOT NULL,
            line TEXT NOT NULL,
            utterance_id TEXT NOT NULL,
            text TEXT NOT NULL,
            context TEXT,
            heads TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            received_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX shadow_case_of ON shadow_case (candidate, served);
        """,
    ];

    /// <summary>Version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings a file up to date, all or nothing.</summary>
    /// <exception cref="UserException">The file was written by a newer program.</exception>
    public static void Migrate(SqliteConnection connection, string file)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        var found = Convert.ToInt32(command.ExecuteScalar());
        if (found > Version)
        {
            throw new UserException(ExitCode.Environment,
                $"{file}: schema version is {found}; this program knows up to {Version}. Install a newer edge-appliance, or name another " +
                "file in UncertainCases:File.");
        }
        for (var version = found; version < Version; version++)
        {
            command.CommandText = $"{Migrations[version]}\nPRAGMA user_version = {version + 1};";
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
