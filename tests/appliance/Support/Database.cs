using Microsoft.Data.Sqlite;

namespace Edge.Appliance.Tests.Support;

/// <summary>Looks into the appliance's store from outside, as a reviewer's tool would.</summary>
internal static class Database
{
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public static List<string> Query(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader[i]}")));
        return rows;
    }

    /// <summary>Locks the file against every writer until the result is disposed.</summary>
    public static IDisposable Lock(string file)
    {
        var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Whether the bytes of the database or its log hold a text.</summary>
    public static bool HoldsBytes(string file, string text)
    {
        var sought = System.Text.Encoding.UTF8.GetBytes(text);
        return new[] { file, file + "-wal" }.Where(File.Exists).Any(part =>
        {
            // The appliance holds the file open.
            using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray().AsSpan().IndexOf(sought) >= 0;
        });
    }
}
