package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job whose application was ended from outside goes on by its name. */
@ExtendWith(Sandbox.Resolver.class)
class ResumeIT {
    private static final int RECORDS = 20_000;
    private static final int SLOW = 200; // so that it does not end before it is killed
    private static final int FAST = 4_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir private Path stranger;

    @Test
    void aKilledJobIsClaimedByItsNameAndNothingOfItIsLeft(Sandbox sandbox) {
        String directory = "/it/resume/claimed";
        killsOne(sandbox, directory);
        assertThat(sandbox.hdfs().list(directory + "/ckpt")).hasSize(1);

        resume(sandbox, directory, "--claim").succeeded();

        assertThat(output(sandbox, directory).isExact()).isTrue();
        assertThat(sandbox.hdfs().listDeep(directory + "/ckpt")).as("checkpoints").isEmpty();
        Leftovers.none(sandbox);
    }

    @Test
    void aKilledJobThatIsNotClaimedStaysWhereItIs(Sandbox sandbox) {
        String directory = "/it/resume/left";
        killsOne(sandbox, directory);
        List<String> before = sandbox.hdfs().listDeep(directory + "/ckpt");

        resume(sandbox, directory).succeeded();

        SequencesOutput output = output(sandbox, directory);
        assertThat(output.lost() + output.doubled() + output.gaps()).isZero();
        // A worker that was still writing when its application died may have left one file more.
        String killed = before.get(0).substring(0, before.get(0).indexOf('/'));
        assertThat(sandbox.hdfs().listDeep(directory + "/ckpt"))
                .containsAll(before)
                .allMatch(file -> file.startsWith(killed));
        onlyOrphansAreDeleted(sandbox, directory + "/ckpt", killed);
        Leftovers.none(sandbox);
    }

    /**
     * @param root of checkpoints
     * @param job whose checkpoints are there
     */
    private static void onlyOrphansAreDeleted(Sandbox sandbox, String root, String job) {
        sandbox.hdfs().write(root + "/" + job + "/1/999999/lost.seg", "of no checkpoint");
        List<String> before = sandbox.hdfs().listDeep(root);
        String[] gc = {
            "checkpoint", "gc", "--ended", "--older-than", "0", sandbox.fileSystem() + root
        };
        String listed = sandbox.millrace().run(gc).succeeded().out();
        assertThat(sandbox.hdfs().listDeep(root)).as("it only lists").isEqualTo(before);

        String[] delete = Arrays.copyOf(gc, gc.length + 1);
        delete[gc.length] = "--delete";
        sandbox.millrace().run(delete).succeeded();

        List<String> gone = new ArrayList<>(before);
        gone.removeAll(sandbox.hdfs().listDeep(root));
        assertThat(gone).contains(job + "/1/999999/lost.seg");
        assertThat(gone)
                .as("what was listed, or lay in a directory that was: %s", listed)
                .allMatch(
                        file ->
                                listed.lines()
                                        .filter(line -> line.contains(root + "/"))
                                        .map(line -> line.split(root + "/", 2)[1])
                                        .anyMatch(
                                                line ->
                                                        line.equals(file)
                                                                || line.endsWith("/")
                                                                        && file.startsWith(line)));
        sandbox.millrace()
                .run("checkpoint", "verify", sandbox.fileSystem() + root + "/" + job)
                .succeeded();
    }

    private void killsOne(Sandbox sandbox, String directory) {
        try (Millrace.Running running =
                sandbox.millrace().start(command(sandbox, directory, SLOW))) {
            String id = Applications.awaitOne(sandbox);
            Await.until(
                    "two checkpoints are complete",
                    LIMIT,
                    () -> manifests(sandbox, directory),
                    count -> count >= 2);
            // Who has not submitted it cannot ask it to end: YARN kills it.
            sandbox.millrace()
                    .and("MILLRACE_JAVA_OPTS", Millrace.QUICK_START + " -Duser.home=" + stranger)
                    .run("cancel", id)
                    .succeeded();
            running.await(LIMIT).failedWith(7, "JOB_CANCELED");
        }
        assertThat(manifests(sandbox, directory)).as("checkpoints").isPositive();
    }

    private Millrace.Outcome resume(Sandbox sandbox, String directory, String... more) {
        List<String> options = new ArrayList<>(List.of("--resume-latest", "Sequences"));
        options.addAll(List.of(more));
        return sandbox.millrace()
                .run(command(sandbox, directory, FAST, options.toArray(String[]::new)));
    }

    private static String[] command(
            Sandbox sandbox, String directory, int rate, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-t", "yarn", "-p", "2"));
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        "-D",
                        "execution.checkpointing.dir=" + sandbox.fileSystem() + directory + "/ckpt",
                        // The claimed one is the only one.
                        "-D",
                        "execution.checkpointing.num-retained=1",
                        "-c",
                        "io.millrace.examples.Sequences",
                        Millrace.EXAMPLES.toString(),
                        "--output",
                        sandbox.fileSystem() + directory + "/out",
                        "--records",
                        String.valueOf(RECORDS),
                        "--rate",
                        String.valueOf(rate),
                        "--interval",
                        "1000"));
        return command.toArray(String[]::new);
    }

    private static long manifests(Sandbox sandbox, String directory) {
        return sandbox.hdfs().listDeep(directory + "/ckpt").stream()
                .filter(file -> file.endsWith("/manifest"))
                .count();
    }

    private static SequencesOutput output(Sandbox sandbox, String directory) {
        return SequencesOutput.read(sandbox.hdfs(), directory + "/out", RECORDS);
    }
}
