package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/savepoints.md lets an operator do, from a running job to an orderly directory. */
@ExtendWith(Sandbox.Resolver.class)
class SavepointsIT {
    private static final String VISITS = "io.millrace.it.program.Visits";
    private static final String REPAIR = "io.millrace.it.program.RepairVisits";
    private static final int PAGES = 100;
    private static final int RECORDS = 30_000;
    private static final long REPAIRED_COUNT = 1_000_000;
    private static final String REPAIRED_PAGE = "7,";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir private Path work;

    @Test
    void aJobIsRescaledStoppedUpgradedRepairedAndForked(Sandbox sandbox) {
        String jar = ProgramJar.build(work).toString();
        String root = "/it/savepoints";
        String kept = sandbox.fileSystem() + root + "/kept";
        Millrace millrace = sandbox.millrace();

        String stopped = rescaleAndStop(sandbox, jar, root, kept);
        Set<String> before = new HashSet<>(lines(sandbox, root + "/out"));
        assertThat(before).as("what was committed before the stop").isNotEmpty();

        // Looked at without its job.
        String tables = kept + "/tables";
        millrace.run("savepoint", "convert", stopped, tables).succeeded();
        millrace.run("savepoint", "verify", tables).succeeded();
        assertThat(
                        millrace.run(
                                        "savepoint",
                                        "query",
                                        tables,
                                        "--state",
                                        "visited",
                                        "--key",
                                        "7",
                                        "--output",
                                        "json")
                                .succeeded()
                                .out())
                .contains("\"count\"");

        // Upgraded: another class of the state, twice the parallelism.
        millrace.run(
                        "check",
                        "-s",
                        stopped,
                        "-c",
                        VISITS,
                        jar,
                        "second",
                        sandbox.fileSystem() + root + "/out",
                        "1",
                        "1")
                .succeeded();
        goOn(sandbox, jar, stopped, root + "/out").succeeded();
        List<String> after = lines(sandbox, root + "/out");
        assertThat(after).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(after)).isEqualTo(all());

        // Repaired by a bounded job, and forked: the old output is the first job's.
        String repaired = kept + "/repaired";
        millrace.run(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        "2",
                        "-c",
                        REPAIR,
                        jar,
                        tables,
                        repaired,
                        "7",
                        String.valueOf(REPAIRED_COUNT))
                .succeeded();
        goOn(sandbox, jar, repaired, root + "/fork").succeeded();
        Set<String> expected = all();
        expected.removeAll(before);
        expected.removeIf(line -> line.startsWith(REPAIRED_PAGE));
        List<String> fork = lines(sandbox, root + "/fork");
        assertThat(fork).doesNotHaveDuplicates();
        assertThat(fork.stream().filter(line -> !line.startsWith(REPAIRED_PAGE)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(fork.stream().filter(line -> line.startsWith(REPAIRED_PAGE)))
                .isNotEmpty()
                .allMatch(line -> Long.parseLong(line.split(",")[1]) > REPAIRED_COUNT);

        // Kept in order.
        Millrace.Outcome diff = millrace.run("savepoint", "diff", tables, repaired);
        assertThat(diff.exitCode()).as("%s", diff).isEqualTo(1);
        assertThat(diff.out()).contains(String.valueOf(REPAIRED_COUNT));
        copiedToAnotherFileSystemAndBack(millrace, tables, kept + "/back");
        orphansAndDamageAreFound(sandbox, root + "/kept", kept + "/back");
        millrace.run("savepoint", "pin", stopped).succeeded();
        String listed = millrace.run("savepoint", "list", kept, "--json").succeeded().out();
        assertThat(listed).contains(stopped, tables, repaired, kept + "/back");
        millrace.run("savepoint", "prune", kept, "--keep", "1", "--yes").succeeded();
        assertThat(sandbox.hdfs().list(root + "/kept"))
                .as("what is neither pinned nor the newest nor damaged goes")
                .contains("repaired", "back", stopped.substring(stopped.lastIndexOf('/') + 1))
                .doesNotContain("tables");
        millrace.run("savepoint", "verify", stopped).succeeded();
        Leftovers.none(sandbox);
    }

    /**
     * Tables that a worker writes to HDFS: another program starts from them, as from any savepoint.
     */
    @Test
    void tablesThatAWorkerHasWrittenAreStartedFrom(Sandbox sandbox) {
        String jar = ProgramJar.build(work).toString();
        String root = "/it/tables";
        String target = sandbox.fileSystem() + root + "/kept";
        String stopped;
        try (Millrace.Running running = visits(sandbox, jar, root, "")) {
            String id = awaitCheckpoint(sandbox, root);
            String asked = savepointByRest(sandbox.millrace(), id, target);
            sandbox.millrace().run("savepoint", "verify", asked).succeeded();
            stopped =
                    sandbox.millrace()
                            .run("stop", "--type", "canonical", "--savepointPath", target, id)
                            .succeeded()
                            .out()
                            .strip();
            running.await(LIMIT).succeeded();
        }
        assertThat(sandbox.hdfs().listDeep(stopped.substring(sandbox.fileSystem().length())))
                .contains("_manifest.json")
                .anyMatch(file -> file.endsWith(".parquet"));
        sandbox.millrace().run("savepoint", "verify", stopped).succeeded();

        goOn(sandbox, jar, stopped, root + "/out").succeeded();

        List<String> lines = lines(sandbox, root + "/out");
        assertThat(lines).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(lines)).isEqualTo(all());
        Leftovers.none(sandbox);
    }

    /** Asks as curl does with what {@code millrace rest} prints; gives the savepoint's path. */
    private static String savepointByRest(Millrace millrace, String id, String target) {
        String body = "{\"target-directory\": \"" + target + "\"}";
        String request =
                CurlRequest.printedBy(millrace, "rest", id, "savepoints")
                        .post(body)
                        .path("request-id")
                        .asText();
        return Await.until(
                        "the savepoint is there",
                        LIMIT,
                        () ->
                                CurlRequest.printedBy(millrace, "rest", id, "savepoints/" + request)
                                        .get()
                                        .path("operation"),
                        operation -> operation.has("location"))
                .path("location")
                .asText();
    }

    /**
     * Each worker of the job dies when it has some of its tables, or all and before it has told of
     * them.
     */
    @ParameterizedTest
    @EnumSource(names = {"TABLES_HALF_WRITTEN", "TABLES_WRITTEN"})
    void aWorkerThatDiesBehindItsTablesLeavesNothingOfTheSavepoint(
            FaultPoint point, Sandbox sandbox) {
        String jar = ProgramJar.build(work).toString();
        String root = "/it/torn-" + point.name().toLowerCase(Locale.ROOT);
        String target = sandbox.fileSystem() + root + "/kept";
        try (Millrace.Running running =
                visits(sandbox, jar, root, " -ea -D" + FaultPoint.CRASH_AT + "=" + point)) {
            String id = awaitCheckpoint(sandbox, root);

            sandbox.millrace()
                    .run("savepoint", "--type", "canonical", id, target)
                    .failedWith(1, "WORKER_LOST");

            Await.until(
                    "what the worker had written is removed",
                    LIMIT,
                    () -> sandbox.hdfs().listDeep(root + "/kept"),
                    List::isEmpty);
            String stopped =
                    sandbox.millrace()
                            .run("stop", "--type", "native", "--savepointPath", target, id)
                            .succeeded()
                            .out()
                            .strip();
            running.await(LIMIT).succeeded();
            sandbox.millrace().run("savepoint", "verify", stopped).succeeded();
        }
        assertThat(lines(sandbox, root + "/out")).isNotEmpty().doesNotHaveDuplicates();
        Leftovers.none(sandbox);
    }

    /** The first version, of which a worker writes even a little state itself, as it comes. */
    private static Millrace.Running visits(
            Sandbox sandbox, String jar, String root, String moreJavaOptions) {
        return sandbox.millrace()
                .start(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        "1",
                        "-D",
                        "execution.checkpointing.dir=" + sandbox.fileSystem() + root + "/ckpt",
                        "-D",
                        "execution.checkpointing.data-inline-threshold=0",
                        "-D",
                        "execution.checkpointing.savepoint-own-file-threshold=0",
                        "-D",
                        "yarn.worker.java-options=" + Millrace.QUICK_START + moreJavaOptions,
                        "-c",
                        VISITS,
                        jar,
                        "first",
                        sandbox.fileSystem() + root + "/out",
                        String.valueOf(RECORDS),
                        "150");
    }

    /** The application, once the job has a checkpoint. */
    private static String awaitCheckpoint(Sandbox sandbox, String root) {
        String id = Applications.awaitOne(sandbox);
        Await.until(
                "a checkpoint is complete",
                LIMIT,
                () -> Checkpoints.latest(sandbox.hdfs(), root + "/ckpt"),
                latest -> latest > 0);
        return id;
    }

    private void copiedToAnotherFileSystemAndBack(Millrace millrace, String from, String back) {
        String local = work.resolve("copy").toUri().toString();
        millrace.run("savepoint", "copy", from, local).succeeded();
        millrace.run("savepoint", "copy", local, back).succeeded();
        millrace.run("savepoint", "diff", from, back).succeeded();
    }

    /**
     * @param kept the path of the directory
     * @param copy of tables in it, of which a file is damaged
     */
    private static void orphansAndDamageAreFound(Sandbox sandbox, String kept, String copy) {
        Millrace millrace = sandbox.millrace();
        String directory = sandbox.fileSystem() + kept;
        sandbox.hdfs().write(kept + "/back/lost.parquet", "nobody names it");
        Millrace.Outcome found =
                millrace.run("savepoint", "fsck", "--older-than", "0s", directory).succeeded();
        assertThat(found.out()).contains("/back/lost.parquet is an orphan");
        millrace.run("savepoint", "fsck", "--older-than", "0s", "--delete-orphans", directory)
                .succeeded();
        assertThat(sandbox.hdfs().exists(kept + "/back/lost.parquet")).isFalse();

        String table =
                sandbox.hdfs().listDeep(kept + "/back").stream()
                        .filter(file -> file.endsWith(".parquet"))
                        .findFirst()
                        .orElseThrow();
        sandbox.hdfs().write(kept + "/back/" + table, "torn");
        millrace.run("savepoint", "fsck", directory).failedWith(1, "CHECKPOINT_FILE_CORRUPT");
        millrace.run("savepoint", "verify", copy).failedWith(1, "CHECKPOINT_FILE_CORRUPT");
    }

    @Test
    void whatAClusterWouldRefuseIsToldBeforeAJobIsSubmitted(Sandbox sandbox) throws Exception {
        String jar = ProgramJar.build(work).toString();
        sandbox.hdfs().makeDirectory("/it/check/full", "777");
        sandbox.hdfs().setSpaceQuota("/it/check/full", 1 << 20);
        sandbox.hdfs().makeDirectory("/it/check/closed", "755");
        Millrace stranger = sandbox.millrace().and("HADOOP_USER_NAME", "stranger");

        Millrace.Outcome refused =
                check(stranger, sandbox, "small", "/it/check/full", "/it/check/closed", jar);
        assertThat(refused.exitCode()).as("%s", refused).isEqualTo(1);
        assertThat(findings(refused))
                .contains("ERROR queue-limit", "ERROR directory", "WARNING quota");

        Millrace.Outcome accepted =
                check(
                        sandbox.millrace(),
                        sandbox,
                        "default",
                        "/it/check/new",
                        "/it/check/closed",
                        jar);
        assertThat(accepted.exitCode()).as("%s", accepted).isZero();
        assertThat(findings(accepted))
                .noneMatch(finding -> finding.startsWith("ERROR") || finding.endsWith(" quota"));
        assertThat(sandbox.hdfs().exists("/it/check/new")).as("it only looks").isFalse();
    }

    private static Millrace.Outcome check(
            Millrace millrace,
            Sandbox sandbox,
            String queue,
            String checkpoints,
            String savepoints,
            String jar) {
        return millrace.run(
                "check",
                "--json",
                "-D",
                "yarn.queue=" + queue,
                "-D",
                "execution.checkpointing.dir=" + sandbox.fileSystem() + checkpoints,
                "-D",
                "execution.checkpointing.savepoint-dir=" + sandbox.fileSystem() + savepoints,
                "-c",
                VISITS,
                jar,
                "first",
                sandbox.fileSystem() + "/it/check/out",
                "1",
                "1");
    }

    /** Severity and rule of each. */
    private static List<String> findings(Millrace.Outcome checked) throws IOException {
        List<String> findings = new ArrayList<>();
        new ObjectMapper()
                .readTree(checked.out())
                .path("findings")
                .forEach(
                        each ->
                                findings.add(
                                        each.path("severity").asText()
                                                + " "
                                                + each.path("rule").asText()));
        return findings;
    }

    private static String rescaleAndStop(
            Sandbox sandbox, String jar, String root, String savepoints) {
        try (Millrace.Running running =
                sandbox.millrace()
                        .start(
                                "run",
                                "-t",
                                "yarn",
                                "-p",
                                "1",
                                "-D",
                                "worker.slots=1", // a rescaled job needs another container
                                "-D",
                                checkpoints(sandbox),
                                "-c",
                                VISITS,
                                jar,
                                "first",
                                sandbox.fileSystem() + root + "/out",
                                String.valueOf(RECORDS),
                                "150")) {
            String id = Applications.awaitOne(sandbox);
            Await.until(
                    "a checkpoint is complete",
                    LIMIT,
                    () -> Checkpoints.latest(sandbox.hdfs(), "/it/savepoints/ckpt"),
                    latest -> latest > 0);
            String saved =
                    sandbox.millrace()
                            .run("rescale", id, "-p", "2", "--savepoint", savepoints + "-saved")
                            .succeeded()
                            .out()
                            .strip();
            assertThat(saved).startsWith(savepoints + "-saved/savepoint-");
            sandbox.millrace().run("savepoint", "verify", saved).succeeded();
            assertThat(Applications.overview(sandbox, id).path("workers"))
                    .as("workers after the rescale")
                    .hasSize(2);
            String path =
                    sandbox.millrace()
                            .run("stop", "--savepointPath", savepoints, id)
                            .succeeded()
                            .out()
                            .strip();
            running.await(LIMIT).succeeded();
            return path;
        }
    }

    private static Millrace.Outcome goOn(
            Sandbox sandbox, String jar, String savepoint, String output) {
        return sandbox.millrace()
                .run(
                        "run",
                        "-t",
                        "yarn",
                        "-s",
                        savepoint,
                        "-p",
                        "4",
                        "-D",
                        checkpoints(sandbox),
                        "-c",
                        VISITS,
                        jar,
                        "second",
                        sandbox.fileSystem() + output,
                        String.valueOf(RECORDS),
                        "20000");
    }

    private static String checkpoints(Sandbox sandbox) {
        return "execution.checkpointing.dir=" + sandbox.fileSystem() + "/it/savepoints/ckpt";
    }

    private static List<String> lines(Sandbox sandbox, String output) {
        List<String> lines = new ArrayList<>();
        for (String file : sandbox.hdfs().listDeep(output)) {
            assertThat(file).as("staged").doesNotStartWith(".").doesNotContain("/.");
            sandbox.hdfs().read(output + "/" + file).lines().forEach(lines::add);
        }
        return lines;
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < RECORDS; i++) {
            all.add(i % PAGES + "," + (i / PAGES + 1));
        }
        return all;
    }
}
