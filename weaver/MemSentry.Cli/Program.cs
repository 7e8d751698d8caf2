using MemSentry.Cli;

return CommandLine.Run(args);
