package io.millrace.yarn.launch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the application master and the workers are started: argument file, command, environment.
 * Pure.
 *
 * <p>The argument file is made by the client, the command when the granted memory is known. Nothing
 * here is secret, and nothing secret comes in here.
 */
public enum ContainerProcess {
    MASTER("master", ContainerLayout.MASTER_ARGUMENTS, "io.millrace.yarn.master.AppMaster"),
    WORKER("worker", ContainerLayout.WORKER_ARGUMENTS, "io.millrace.yarn.worker.YarnWorkerMain");

    /** The last argument of a worker whose node's shuffle service serves its results. */
    public static final String SERVED = "served";

    /** The last argument of a worker that serves its results itself. */
    public static final String NOT_SERVED = "alone";

    /** Finds the engine's libraries and gives them a loader of their own. */
    private static final String LAUNCHER = "io.millrace.api.launch.Launcher";

    /**
     * Code has to run four times as often as usual before the second compiler takes it: what a
     * worker's start runs through would cost more there than it ever gives back, and what a job
     * does for each record or chunk is there within milliseconds. As {@code bin/millrace run}.
     */
    private static final List<String> LATE_SECOND_COMPILER =
            List.of("-XX:Tier4InvocationThreshold=20000", "-XX:Tier4CompileThreshold=60000");

    /** Memory of the largest workers that have the parallel collector. */
    private static final int PARALLEL_MB = 4096;

    private final String logName;
    private final String argumentFile;
    private final String mainClass;

    ContainerProcess(String logName, String argumentFile, String mainClass) {
        this.logName = logName;
        this.argumentFile = argumentFile;
        this.mainClass = mainClass;
    }

    /**
     * The argument file: JVM options and the class path.
     *
     * @param rootJars of the process's own class path, as named in the library archive
     * @param krb5Conf whether the application brings a krb5.conf
     */
    public byte[] argumentFile(YarnSettings settings, List<String> rootJars, boolean krb5Conf) {
        List<String> arguments = new ArrayList<>();
        List<String> own = sized(settings).javaOptions();
        arguments.add("-XX:-UsePerfData");
        if (!namesCollector(own)) {
            arguments.addAll(collector(settings));
        }
        if (this == MASTER) {
            // It decides little and lives briefly in most jobs: start fast, stay small.
            arguments.add("-XX:TieredStopAtLevel=1");
        } else {
            arguments.addAll(LATE_SECOND_COMPILER);
        }
        arguments.add("-XX:ReservedCodeCacheSize=" + (this == MASTER ? "48m" : "96m"));
        arguments.add("-Djava.awt.headless=true");
        arguments.add(
                "-Dlog4j2.configurationFile="
                        + ContainerLayout.inApplication(ContainerLayout.CONF)
                        + "/log4j2-container.properties");
        // Else Log4j looks for parsers of its configuration in the engine, and loads Jackson for
        // it.
        arguments.add("-Dlog4j.ignoreTCL=true");
        arguments.add("-Dmillrace.home=" + ContainerLayout.HOME);
        if (krb5Conf) {
            arguments.add(
                    "-Djava.security.krb5.conf="
                            + ContainerLayout.inApplication(ContainerLayout.KRB5_CONF));
        }
        arguments.addAll(own);
        arguments.add("-cp");
        arguments.add(
                rootJars.stream()
                        .map(jar -> ContainerLayout.HOME + "/" + jar)
                        .collect(Collectors.joining(":")));
        return JavaArguments.file(arguments).getBytes(StandardCharsets.UTF_8);
    }

    /** The command for a container of this memory. */
    public String command(YarnSettings settings, MemorySplit memory, String... arguments) {
        List<String> words = new ArrayList<>(List.of(LAUNCHER, mainClass));
        words.addAll(List.of(arguments));
        return LaunchCommand.of(
                settings.javaHome(),
                ContainerLayout.inApplication(argumentFile),
                memory.jvmFlags(),
                nodesChoice(settings),
                words,
                logName);
    }

    /**
     * Environment of a container.
     *
     * @param userName whose name Hadoop shall act under; null on a secure cluster
     */
    public static Map<String, String> environment(String userName) {
        Map<String, String> environment = new HashMap<>();
        // Each further allocator arena of glibc reserves 64 MB of address space, which YARN may
        // count.
        environment.put("MALLOC_ARENA_MAX", "4");
        if (userName != null) {
            environment.put("HADOOP_USER_NAME", userName);
        }
        return environment;
    }

    /** What the node chooses, which knows what its Java has. */
    private LaunchCommand.Collector nodesChoice(YarnSettings settings) {
        if (this == MASTER || namesCollector(settings.worker().javaOptions())) {
            return LaunchCommand.Collector.NAMED;
        }
        if (settings.collector() == WorkerCollector.LOW_PAUSE) {
            return LaunchCommand.Collector.LOW_PAUSE;
        }
        // Up to a few gigabytes the parallel collector costs least; beyond, its pauses grow too
        // long.
        return settings.worker().memoryMb() <= PARALLEL_MB
                ? LaunchCommand.Collector.NAMED
                : LaunchCommand.Collector.THROUGHPUT;
    }

    private static boolean namesCollector(List<String> javaOptions) {
        return javaOptions.stream().anyMatch(option -> option.matches("-XX:\\+Use\\w*GC"));
    }

    private YarnSettings.Process sized(YarnSettings settings) {
        return this == MASTER ? settings.master() : settings.worker();
    }

    private List<String> collector(YarnSettings settings) {
        if (this == MASTER) {
            return List.of("-XX:+UseSerialGC");
        }
        return nodesChoice(settings) == LaunchCommand.Collector.NAMED
                ? List.of(
                        "-XX:+UseParallelGC",
                        "-XX:ParallelGCThreads=" + Math.max(1, settings.worker().virtualCores()))
                : List.of();
    }
}
