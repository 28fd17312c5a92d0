using FsCheck;
using FsCheck.Fluent;

namespace Edge.Bundle.Tests.Support;

/// <summary>Properties over made input, the same input in every run.</summary>
internal static class Properties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500).WithReplay(20261122, 7);

    public static void ForAll<T>(Gen<T> input, Action<T> check) =>
        Prop.ForAll(Arb.From(input), value =>
        {
            check(value);
            return true;
        }).Check(Config);
}
