namespace TokenService;

/// <summary>How the service ends. A blocked access that cannot be an exception ends it by SIGABRT, which a shell shows as 134.</summary>
internal enum ExitCode
{
    /// <summary>It was told to stop.</summary>
    Stopped = 0,

    /// <summary>Its configuration is wrong. Starting it again does not help.</summary>
    ConfigurationWrong = 2,

    /// <summary>This machine or process cannot protect the key as the service was woven to. Starting it again does not help.</summary>
    NotProtected = 3,
}
