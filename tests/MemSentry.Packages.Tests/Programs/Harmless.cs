/// <summary>A library without a single raw access.</summary>
public static class Harmless
{
    public static int Sum(int[] numbers) => numbers.Sum();
}
