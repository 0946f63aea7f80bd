package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
        millrace.run("savepoint", "pin", stopped).succeeded();
        millrace.run("savepoint", "prune", kept, "--keep", "1", "--yes").succeeded();
        millrace.run("savepoint", "verify", stopped).succeeded();
        millrace.run("savepoint", "fsck", kept).succeeded();
        Leftovers.none(sandbox);
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
                                "300")) {
            String id = Applications.awaitOne(sandbox);
            Await.until(
                    "a checkpoint is complete",
                    LIMIT,
                    () -> Checkpoints.latest(sandbox.hdfs(), "/it/savepoints/ckpt"),
                    latest -> latest > 0);
            sandbox.millrace().run("rescale", id, "-p", "2").succeeded();
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
