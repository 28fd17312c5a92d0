using System.Globalization;
using Edge.Bundles.Common;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.UncertainCases;

/// <summary>Opens the SQLite file of uncertain cases.</summary>
internal static class CaseDatabase
{
    /// <summary>Opens the file for writing, creating or migrating it.</summary>
    /// <param name="file">Full path.</param>
    /// <exception cref="UserException">The file cannot be opened.</exception>
    public static SqliteConnection Open(string file)
    {
        SqliteConnection? connection = null;
        try
        {
            CreatePrivately(file);
            // No pool: a handle left open would keep the file locked after the stop. One second of waiting for a lock; the
            // caller tries again, and can say meanwhile that the store is locked.
            connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL");
            // FULL, not NORMAL: with NORMAL a power cut may lose the last commits of a WAL, and the input of these cases is
            // already acknowledged. One sync a batch, not one a case, keeps that affordable.
            Execute(connection, "PRAGMA synchronous = FULL");
            Schema.Migrate(connection, file);
            return connection;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw new UserException(ExitCode.Environment,
                $"{file}: the store of uncertain cases cannot be opened ({failure.Message}). Let this user write there, or name another " +
                "file in UncertainCases:File.", failure);
        }
    }

    /// <summary>A time as the tables have it: UTC with milliseconds.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    // SQLite gives its -wal and -shm files the mode of the main file.
    private static void CreatePrivately(string file)
    {
        if (File.Exists(file))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var mode = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var created = new FileStream(file, mode);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
