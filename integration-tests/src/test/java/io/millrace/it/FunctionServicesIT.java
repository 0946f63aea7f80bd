package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the cluster does for functions beside records: cached files, accumulators, kept streams. */
@ExtendWith(Sandbox.Resolver.class)
class FunctionServicesIT {
    private static final String PRICES = "io.millrace.it.program.Prices";

    @TempDir Path work;

    @Test
    void workersReadCachedFilesAndTheProgramGetsWhatTheyAccumulated(Sandbox sandbox) {
        sandbox.hdfs().write("/it/prices/list.txt", "0 1\n1 2\n2 3\n3 4\n");

        run(sandbox, "/it/prices/list.txt").succeeded();

        assertThat(sandbox.hdfs().read("/it/prices/report.txt"))
                .isEqualTo("total=2500\ndear=500\ndear=500\n");
        assertThat(sandbox.hdfs().list(home() + "/.millrace-cache")).isEmpty();
        Leftovers.none(sandbox);
    }

    @Test
    void aCachedFileThatIsMissingIsNamed(Sandbox sandbox) {
        Millrace.Outcome outcome = run(sandbox, "/it/prices/missing.txt");

        assertThat(outcome.exitCode()).as("%s", outcome).isNotZero();
        assertThat(outcome.err()).as("%s", outcome).contains("/it/prices/missing.txt");
    }

    private static String home() {
        return "/user/" + System.getProperty("user.name");
    }

    private Millrace.Outcome run(Sandbox sandbox, String list) {
        return sandbox.millrace()
                .run(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        "2",
                        "-c",
                        PRICES,
                        ProgramJar.build(work).toString(),
                        sandbox.fileSystem() + list,
                        sandbox.fileSystem() + "/it/prices/report.txt");
    }
}
