namespace Edge.Trainer.Tests;

/// <summary>What a command writes to standard output and error. The console belongs to the process: tests that use it run one after the other.</summary>
internal static class ConsoleOutput
{
    public const string Collection = "console";

    public static (int Code, string Text) Of(Func<int> command)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var text = new StringWriter();
        Console.SetOut(text);
        Console.SetError(text);
        try
        {
            return (command(), text.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
