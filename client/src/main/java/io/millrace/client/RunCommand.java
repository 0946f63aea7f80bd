package io.millrace.client;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.RecoveryClaimMode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.api.option.ProgramOptions;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.launch.YarnSettings;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.SubmittedApplication;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace run}: runs a program on YARN or in this process. */
@Command(
        name = "run",
        description = "Runs a program, on YARN or on a cluster embedded in this process.",
        sortOptions = false,
        footer = {
            "",
            "Options of this command stand before JAR; what follows it is the program's.",
            "The command shows progress and ends with the job's exit code (docs/errors.md).",
            "Ctrl-C ends the command, not the job, unless --cancel-on-interrupt is given;",
            "'millrace wait' comes back to it. For schedulers: docs/scheduling.md."
        })
final class RunCommand implements Callable<Integer> {
    enum Target {
        local,
        yarn
    }

    private final Surroundings surroundings;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "TARGET",
            description = "local or yarn. Without it: yarn if HADOOP_CONF_DIR is set, else local.")
    private Target target;

    @Mixin private ProgramArguments program = new ProgramArguments();

    @Option(
            names = "--resume-latest",
            paramLabel = "JOB",
            description =
                    "Starts from the newest whole checkpoint of the job of that name in"
                            + " 'execution.checkpointing.dir'.")
    private String resumeLatest;

    @Option(
            names = "--skip-verification",
            description = "With --resume-latest: reads the manifest only, not all of the state.")
    private boolean skipVerification;

    @Option(
            names = "--claim",
            description =
                    "The checkpoint that the job starts from becomes the job's: it goes when the"
                            + " job has one of its own.")
    private boolean claim;

    @Option(names = "--name", description = "The application's name in lists.")
    private String name;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description =
                    "The name of this piece of work: if an application of yours with the same one"
                            + " runs, that one is taken instead of a new one.")
    private String tag;

    @Option(
            names = "--once",
            description = "With --tag: work that has succeeded is not done again.")
    private boolean once;

    @Option(
            names = {"-d", "--detach", "--detached"},
            description = "Ends when the job is submitted; prints the application id only.")
    private boolean detached;

    @Option(names = "--wait", description = "Waits for the job's end, as without -d.")
    private boolean attached;

    @Mixin private OnSignal onSignal = new OnSignal();

    @Mixin private WaitOptions patience = new WaitOptions();

    @Mixin private ResultFormat format = new ResultFormat();

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (attached && detached) {
            throw new MillraceException(
                    ErrorCode.USAGE, "--wait and --detach say the opposite; give one of them.");
        }
        Config config = markedForOozie(program.config(surroundings, overrides()));
        String manifestClass = checkReadable(program.jar());
        Target chosen = chosenTarget();
        config = startingPoint(config, chosen);
        Program chosenProgram =
                program.program(
                        name(
                                config,
                                program.mainClass() != null ? program.mainClass() : manifestClass),
                        config);
        return switch (chosen) {
            case local -> runLocally(chosenProgram);
            case yarn -> runOnYarn(chosenProgram);
        };
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (tag != null) {
            overrides.put(RunTag.OPTION, new RunTag(tag, once).text());
        }
        if (once) {
            overrides.put(RunTag.ONCE_OPTION, "true");
        }
        return overrides;
    }

    /** With the tags by which Oozie finds what its action has started. */
    private Config markedForOozie(Config config) {
        String children = surroundings.oozie().childTags();
        return children.isEmpty()
                ? config
                : config.with(
                        YarnSettings.TAGS_OPTION,
                        config.toMap().getOrDefault(YarnSettings.TAGS_OPTION, "") + "," + children);
    }

    private Target chosenTarget() {
        if (target != null) {
            return target;
        }
        boolean yarn = surroundings.namesCluster();
        if (!detached) {
            surroundings
                    .err()
                    .println(
                            yarn
                                    ? "Running on YARN, as HADOOP_CONF_DIR is set (-t local runs"
                                            + " it in this process)."
                                    : "Running in this process, as HADOOP_CONF_DIR is not set"
                                            + " (-t yarn runs it on a cluster).");
        }
        return yarn ? Target.yarn : Target.local;
    }

    /** With the checkpoint that the command line names, if it names one. */
    private Config startingPoint(Config config, Target chosen) {
        if (program.from() == null && resumeLatest == null) {
            if (claim) {
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "--claim is about the checkpoint that a job starts from; name it with -s,"
                                + " or look for it with --resume-latest.");
            }
            return config;
        }
        if (program.from() != null && resumeLatest != null) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "-s names a checkpoint and --resume-latest looks for one; give one of them.");
        }
        Connections.toFiles(config, surroundings.environment(), chosen == Target.yarn);
        CheckpointStart start = new CheckpointStart(surroundings.err());
        String from;
        if (resumeLatest != null) {
            from = start.latest(resumeLatest, config, skipVerification).manifest().toString();
        } else {
            // What becomes the job's own has to be one certain checkpoint.
            from =
                    claim || chosen == Target.local
                            ? start.manifestOf(program.from())
                            : start.placeOf(program.from());
        }
        Config claimed =
                claim
                        ? config.with(
                                CheckpointOptions.CLAIM_MODE.key(), RecoveryClaimMode.CLAIM.name())
                        : config;
        return program.startingAt(from, claimed);
    }

    private int runLocally(Program program) {
        if (detached) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "-d is for clusters: a local job ends with the process that runs it. Leave"
                            + " out -d, or add -t yarn.");
        }
        if (tag != null || once) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "--tag is for clusters, where others can look for the work of that name."
                            + " Leave it out, or add -t yarn.");
        }
        try {
            surroundings.local().run(program, surroundings);
        } catch (MillraceException e) {
            format.tell(RunResult.local(program.name(), e), surroundings);
            throw e;
        }
        format.tell(RunResult.local(program.name(), null), surroundings);
        return 0;
    }

    private int runOnYarn(Program program) {
        String runs = ""; // the application, as soon as there is one
        try (YarnApplications applications = surroundings.connectToYarn(program.config())) {
            if (!detached) {
                surroundings.err().println("Submitting " + program.name() + " to YARN");
            }
            SubmittedApplication submitted =
                    new YarnRun(surroundings, applications).submit(program);
            runs = submitted.applicationId();
            say(submitted);
            if (submitted.origin() == SubmittedApplication.Origin.DONE) {
                return tell(RunResult.done(runs, program.name(), tagOf(program)));
            }
            return detached ? left(submitted, applications) : awaited(submitted, applications);
        } catch (MillraceException e) {
            tell(RunResult.of(e, runs, program.name(), tagOf(program)));
            throw e;
        }
    }

    private static String tagOf(Program program) {
        return program.config().toMap().getOrDefault(RunTag.OPTION, "");
    }

    /** What a submission has led to, for people. */
    private void say(SubmittedApplication submitted) {
        String id = submitted.applicationId();
        switch (submitted.origin()) {
            case NEW -> {
                if (!detached) {
                    surroundings.err().println("Submitted " + id);
                }
            }
            case RUNNING ->
                    surroundings
                            .err()
                            .println(id + " runs already with this tag; nothing was submitted.");
            case DONE ->
                    surroundings
                            .err()
                            .println(
                                    id
                                            + " has done the work of this tag; nothing was"
                                            + " submitted.");
        }
    }

    private int left(SubmittedApplication submitted, YarnApplications applications) {
        if (format.forPrograms() || surroundings.oozie().outputProperties() != null) {
            ApplicationState state = applications.find(submitted.applicationId());
            format.tell(RunResult.of(state, submitted.origin().name(), ""), surroundings);
        }
        if (!format.forPrograms()) {
            surroundings.out().println(submitted.applicationId());
            surroundings.out().flush();
        }
        return 0;
    }

    private int awaited(SubmittedApplication submitted, YarnApplications applications) {
        Following following =
                new Following(surroundings, applications, patience.patience(), System::nanoTime);
        onSignal.attach(submitted.applicationId(), applications, surroundings);
        try {
            ApplicationState ended = following.toTheEnd(submitted.applicationId());
            return tell(RunResult.of(ended, submitted.origin().name(), following.jobId()));
        } finally {
            onSignal.detach();
        }
    }

    private int tell(RunResult result) {
        format.tell(result, surroundings);
        if (detached && !format.forPrograms() && result.exitCode() == 0) {
            surroundings.out().println(result.applicationId());
            surroundings.out().flush();
        }
        return result.exitCode();
    }

    /** As given, else as the job will be called, else after the program's class or file. */
    private String name(Config config, String programClass) {
        if (name != null) {
            return name;
        }
        String shown =
                programClass != null
                        ? programClass.substring(programClass.lastIndexOf('.') + 1)
                        : program.jar().getFileName().toString().replaceFirst("\\.jar$", "");
        return config.find(ProgramOptions.NAME).orElse(shown);
    }

    /** Returns the manifest's main class, or null. */
    private static String checkReadable(Path jar) {
        String problem;
        if (!Files.exists(jar)) {
            problem = "does not exist";
        } else if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
            problem = "is not a file that can be read";
        } else {
            try (JarFile opened = new JarFile(jar.toFile())) {
                Manifest manifest = opened.getManifest();
                return manifest == null
                        ? null
                        : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            } catch (IOException e) {
                problem = "is not a jar (" + e.getMessage() + ")";
            }
        }
        throw new MillraceException(
                ErrorCode.JAR_UNREADABLE,
                "the program "
                        + jar
                        + " "
                        + problem
                        + ". Options stand before the jar: millrace run [OPTIONS] JAR [ARGS].");
    }
}
