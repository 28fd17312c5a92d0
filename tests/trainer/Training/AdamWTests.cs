using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)]
public sealed class AdamWTests
{
    private const double Rate = 0.5, Decay = 0.1;

    [Fact]
    public void Step_FourTimes_EqualsThePaperInDoublePrecision()
    {
        using var scope = NewDisposeScope();
        float[] start = [0.5f, -1f, 2f, 0f];
        double[] gradients = [0.3, -0.02, 4, 0];
        var expected = start.Select((weight, i) => Trained(weight, gradients[i])).ToArray();
        var parameter = nn.Parameter(tensor(start));
        using var optimizer = new AdamW(parameter, Rate, Decay);

        using (no_grad())
        {
            for (var step = 1; step <= 4; step++)
            {
                parameter.grad = tensor(gradients.Select(gradient => (float)(gradient * step)).ToArray());
                optimizer.Step(0.02);
            }
        }

        Assert.Equal(4, optimizer.Steps);
        Assert.All(expected.Zip(parameter.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Step_WithoutGradient_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(2));
        using var optimizer = new AdamW(parameter, Rate, Decay);

        using (no_grad())
            optimizer.Step(0.02);

        Assert.Equal(0, optimizer.Steps);
        Assert.Equal([1f, 1f], parameter.data<float>().ToArray());
    }

    // Algorithm 2 of Loshchilov and Hutter 2019, alpha 1: bias-corrected moments, decay apart from the gradient.
    private static double Trained(double weight, double gradient)
    {
        const double beta1 = 0.9, beta2 = 0.98, rate = 0.02 * Rate;
        var (mean, square) = (0.0, 0.0);
        for (var step = 1; step <= 4; step++)
        {
            var slope = gradient * step;
            mean = (beta1 * mean) + ((1 - beta1) * slope);
            square = (beta2 * square) + ((1 - beta2) * slope * slope);
            var (corrected, spread) = (mean / (1 - Math.Pow(beta1, step)), square / (1 - Math.Pow(beta2, step)));
            weight -= rate * ((corrected / (Math.Sqrt(spread) + 1e-8)) + (Decay * weight));
        }
        return weight;
    }
}
