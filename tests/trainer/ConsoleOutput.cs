using Spectre.Console;

namespace Edge.Trainer.Tests;

/// <summary>What a command writes to standard output and error. The console belongs to the process: one command at a time has it.</summary>
internal static class ConsoleOutput
{
    private static readonly Lock Console = new();

    public static (int Code, string Text) Of(Func<int> command)
    {
        lock (Console)
        {
            var (output, error, ansi) = (System.Console.Out, System.Console.Error, AnsiConsole.Console);
            using var text = new StringWriter();
            System.Console.SetOut(text);
            System.Console.SetError(text);
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
            try
            {
                return (command(), text.ToString());
            }
            finally
            {
                System.Console.SetOut(output);
                System.Console.SetError(error);
                AnsiConsole.Console = ansi;
            }
        }
    }
}
