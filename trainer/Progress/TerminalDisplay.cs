using Spectre.Console;

namespace Edge.Trainer.Progress;

/// <summary>Progress bars with losses and time left.</summary>
internal sealed class TerminalDisplay(IAnsiConsole console) : IRunDisplay
{
    /// <inheritdoc/>
    public void Line(string text) => console.WriteLine(text);

    /// <inheritdoc/>
    public T Phase<T>(string name, Func<Action<PhaseReport>, T> work) =>
        console.Progress()
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(name), maxValue: 1);
                return work(report =>
                {
                    task.Value = report.Fraction;
                    task.Description = Markup.Escape($"{name}  {report.Left:mm\\:ss} left  {report.Text}");
                });
            });
}
