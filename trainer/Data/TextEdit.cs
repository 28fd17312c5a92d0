namespace Edge.Trainer.Data;

/// <summary>
/// Replaces the text from <paramref name="Start"/> to <paramref name="End"/> (UTF-16 units, half open; equal: an insertion).
/// </summary>
/// <param name="Start">First unit that is replaced.</param>
/// <param name="End">One past the last.</param>
/// <param name="Text">What stands there afterwards.</param>
internal readonly record struct TextEdit(int Start, int End, string Text);
