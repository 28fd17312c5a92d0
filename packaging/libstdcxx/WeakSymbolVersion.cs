// Compiled by MSBuild (RoslynCodeTaskFactory) when a project with TorchSharp is built; not part of any product assembly.
using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks one symbol version that it asks for as weak (VER_FLG_WEAK), so that the
/// dynamic linker no longer refuses the library where that version is missing. Sections: System V gABI; version needs:
/// Linux Standard Base core, chapter 10.7.
/// </summary>
public class WeakSymbolVersion : Task
{
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    /// <summary>Such as GLIBCXX_3.4.32. A library that does not ask for it is copied as it is.</summary>
    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        var file = File.ReadAllBytes(Source);
        if (file.Length < 64 || U32(file, 0) != 0x464c457f || file[4] != 2 || file[5] != 1)
        {
            Log.LogError("{0} is no 64-bit little-endian ELF file.", Source);
            return false;
        }

        var sections = (int)U64(file, 0x28);
        int size = U16(file, 0x3a), count = U16(file, 0x3c);
        for (var i = 0; i < count; i++)
        {
            var section = sections + i * size;
            if (U32(file, section + 4) == VersionNeeds)
                Mark(file, (int)U64(file, section + 24), (int)U64(file, sections + (int)U32(file, section + 40) * size + 24));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        File.WriteAllBytes(Destination, file);
        return true;
    }

    // One entry a library (Elf64_Verneed), below it one a version (Elf64_Vernaux); offsets are relative to the entry.
    private void Mark(byte[] file, int need, int strings)
    {
        for (uint next; ; need += (int)next)
        {
            var version = need + (int)U32(file, need + 8);
            for (int i = 0, versions = U16(file, need + 2); i < versions; i++, version += (int)U32(file, version + 12))
                if (Name(file, strings + (int)U32(file, version + 8)) == Version)
                    file[version + 4] |= (byte)Weak;
            next = U32(file, need + 12);
            if (next == 0)
                return;
        }
    }

    private static string Name(byte[] file, int at) => Encoding.ASCII.GetString(file, at, Array.IndexOf(file, (byte)0, at) - at);

    private static ushort U16(byte[] file, int at) => BitConverter.ToUInt16(file, at);

    private static uint U32(byte[] file, int at) => BitConverter.ToUInt32(file, at);

    private static ulong U64(byte[] file, int at) => BitConverter.ToUInt64(file, at);
}
