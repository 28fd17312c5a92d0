using System.Globalization;
using Edge.Appliance.Configuration;
using Edge.Bundles.Common;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.Shadowing;

/// <summary>What a candidate would change, as far as it was tried.</summary>
/// <param name="Candidate">Id of the candidate.</param>
/// <param name="Served">Id of the bundle that serves.</param>
/// <param name="Compared">Utterances that both answered.</param>
/// <param name="Differing">Those on which a head differs.</param>
/// <param name="Since">When the first was compared; null where none was.</param>
/// <param name="Heads">By head.</param>
/// <param name="Changes">What would become what, most frequent first.</param>
/// <param name="Cases">Utterances kept for review, masked; a random sample of those that differ.</param>
internal sealed record ShadowReport(
    string Candidate, string Served, long Compared, long Differing, DateTimeOffset? Since, IReadOnlyList<ShadowReport.Head> Heads,
    IReadOnlyList<ShadowReport.Change> Changes, long Cases)
{
    private const int MostChanges = 20;

    /// <param name="Name">The head.</param>
    /// <param name="Compared">Utterances that both answered.</param>
    /// <param name="Agreement">Share on which they agree, 0 to 1, with its 95 % interval.</param>
    /// <param name="AcceptedBefore">Share that the serving bundle accepts.</param>
    /// <param name="AcceptedAfter">Share that the candidate would accept.</param>
    internal sealed record Head(string Name, long Compared, ShareInterval Agreement, double AcceptedBefore, double AcceptedAfter);

    /// <param name="Head">The head.</param>
    /// <param name="Before">What the serving bundle says; labels only.</param>
    /// <param name="After">What the candidate says.</param>
    /// <param name="Count">How often.</param>
    /// <param name="Share">Of all compared utterances, with its 95 % interval.</param>
    internal sealed record Change(string Head, string Before, string After, long Count, ShareInterval Share);

    /// <summary>Reads what the service has written.</summary>
    /// <exception cref="UserException">The file cannot be read.</exception>
    public static ShadowReport Read(UncertainCaseOptions options, ShadowPair pair)
    {
        var file = Path.GetFullPath(options.File);
        var nothing = new ShadowReport(pair.Candidate, pair.Served, 0, 0, null, [], [], 0);
        if (!File.Exists(file))
            return nothing;
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 1, // WAL's readers write its index
            }.ToString());
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: true); // one moment for all queries
            if (Query(connection, "SELECT compared, differing, since FROM shadow", pair, row =>
                (row.GetInt64(0), row.GetInt64(1), Time(row.GetString(2)))) is not [var (compared, differing, since)])
            {
                return nothing;
            }
            return new ShadowReport(pair.Candidate, pair.Served, compared, differing, since,
                Query(connection, "SELECT head, compared, agreed, accepted_before, accepted_after FROM shadow_head", pair, ReadHead),
                [.. Query(connection, "SELECT head, before, after, count FROM shadow_confusion", pair, row => new Change(
                        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), ShareInterval.Of(row.GetInt64(3), compared)))
                    .OrderByDescending(change => change.Count).ThenBy(change => change.Before, StringComparer.Ordinal).Take(MostChanges)],
                Query(connection, "SELECT count(*) FROM shadow_case", pair, row => row.GetInt64(0))[0]);
        }
        catch (SqliteException problem) when (problem.Message.Contains("no such table", StringComparison.Ordinal))
        {
            return nothing; // written by an appliance before this one
        }
        catch (SqliteException problem)
        {
            throw new UserException(ExitCode.Environment,
                $"{file}: cannot be read ({problem.Message}). Run this as a user who may, or name the file in "
                + "UncertainCases:File.", problem);
        }
    }

    private static Head ReadHead(SqliteDataReader row)
    {
        var compared = row.GetInt64(1);
        return new Head(row.GetString(0), compared, ShareInterval.Of(row.GetInt64(2), compared),
            (double)row.GetInt64(3) / compared, (double)row.GetInt64(4) / compared);
    }

    private static List<T> Query<T>(SqliteConnection connection, string sql, ShadowPair pair, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql + " WHERE candidate = $candidate AND served = $served";
        command.Parameters.AddWithValue("$candidate", pair.Candidate);
        command.Parameters.AddWithValue("$served", pair.Served);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
