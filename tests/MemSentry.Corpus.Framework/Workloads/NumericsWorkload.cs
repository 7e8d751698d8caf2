using System.Globalization;
using System.Numerics;
using System.Text;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.Runtime.Numerics: arithmetic of big integers of many lengths, as text and as bytes; complex numbers.</summary>
internal static class NumericsWorkload
{
    /// <summary>Prints digests.</summary>
    public static void Run(TextWriter output)
    {
        using var digest = new Digest();
        var random = new Random(20171204);
        BigInteger last = 1;
        foreach (int length in (int[])[1, 3, 4, 7, 8, 16, 33, 64, 200, 513, 1500, 4000])
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
            BigInteger product = number * last - (number >> 3);
            BigInteger quotient = BigInteger.DivRem(product * product, last + 1, out BigInteger remainder);
            digest.Add(product.ToByteArray());
            digest.Add(string.Create(CultureInfo.InvariantCulture, $"{quotient} {remainder:X} {BigInteger.GreatestCommonDivisor(product, quotient)} {BigInteger.ModPow(number, 65537, last + 2)} {number.GetBitLength()}"));
            digest.Add($"{(number & product) ^ (quotient | remainder)} {~number << 77} {(-product) >> 13} {BigInteger.Log(number + 1):R}");
            string text = product.ToString(CultureInfo.InvariantCulture);
            digest.Add((BigInteger.Parse(text, CultureInfo.InvariantCulture) == product).ToString());
            digest.Add((BigInteger.Parse("0" + product.ToString("X", CultureInfo.InvariantCulture), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 1_000_003).ToString(CultureInfo.InvariantCulture));
            last = number + 3;
        }

        Complex z = new(0.5, -1.25);
        var text2 = new StringBuilder();
        for (int i = 0; i < 100; i++)
        {
            z = Complex.Sqrt(z) * Complex.Exp(z / 3) + Complex.Sin(z) / (i + 1);
            text2.Append(CultureInfo.InvariantCulture, $"{z} ");
        }

        output.WriteLine($"numbers: {digest}, 2^10000 has {BigInteger.Pow(2, 10000).ToString(CultureInfo.InvariantCulture).Length} digits; complex: {Digest.Of(Encoding.UTF8.GetBytes(text2.ToString()))}");
    }
}
