using System.Text.Json;
using System.Text.Json.Serialization;

namespace Edge.Appliance.Analysis;

/// <summary>
/// Remembers what <see cref="ProviderMeasurement"/> found, so that a restart neither measures again nor decides otherwise. One file, of the
/// bundle that was measured last. Nothing rests on it: where it cannot be read or written, every start measures.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class ProviderMemory(string file)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>The figures of a bundle on a box; <c>null</c> where there are none.</summary>
    public ProviderFigures? Find(string bundle, string box)
    {
        try
        {
            var figures = JsonSerializer.Deserialize<ProviderFigures>(File.ReadAllBytes(file), Json);
            return figures is { GpuMs: > 0, ProcessorMs: > 0 } && figures.Bundle == bundle && figures.Box == box ? figures : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // it is measured again
        }
    }

    /// <summary>Writes figures.</summary>
    /// <returns>Why they could not be written; <c>null</c>: they were.</returns>
    public string? Keep(ProviderFigures figures)
    {
        var temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(figures, Json));
            File.Move(temporary, file, overwrite: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }
}
