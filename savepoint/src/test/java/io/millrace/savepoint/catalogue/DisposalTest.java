package io.millrace.savepoint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.ForkMarks;
import io.millrace.runtime.plan.JobId;
import io.millrace.savepoint.SampleSavepoints;
import io.millrace.savepoint.TablesFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisposalTest {
    @TempDir private java.nio.file.Path temporary;

    private java.nio.file.Path one;

    @BeforeEach
    void sample() throws IOException {
        one = temporary.resolve("s/one");
        SampleSavepoints.nativeAt(one, 1000, 0, 5, "x");
        SampleSavepoints.tablesAt(temporary.resolve("s/two"), 2000, 0, 5, "x");
        Files.createDirectories(temporary.resolve("c"));
    }

    private Disposal disposal(String... places) {
        return Disposal.of(
                new Path(one.toString()),
                List.of(places).stream()
                        .map(place -> new Path(temporary.resolve(place).toString()))
                        .toList());
    }

    @Test
    void aSavepointThatNobodyNeedsIsFree() {
        assertThat(disposal("c").isFree()).isTrue();
    }

    @Test
    void aCheckpointOfAnotherJobThatHasFilesOfItIsNamed() throws IOException {
        PruneTest.checkpointThatNeeds(temporary.resolve("c"), one);

        Disposal found = disposal("c");

        assertThat(found.isFree()).isFalse();
        assertThat(found.users()).singleElement().asString().endsWith("/1/5");
        assertThat(disposal().isFree()).as("where nobody looked").isTrue();
    }

    @Test
    void oneBesideItThatCannotBeReadMayNeedIt() throws IOException {
        PruneTest.checkpointThatNeeds(temporary.resolve("s/jobs"), one);
        java.nio.file.Path manifest =
                temporary.resolve("s/jobs/" + "b".repeat(32) + "/1/5/manifest");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(manifest, bytes);

        Disposal found = disposal();

        assertThat(found.isFree()).isFalse();
        assertThat(found.unread()).singleElement().asString().endsWith("/1/5");
    }

    @Test
    void aForkWithoutACheckpointOfItsOwnIsNamedWithItsMark() throws IOException {
        String fork = "f".repeat(32);
        String mark = "fork-" + fork + "-1-1-application_1700000000000_0007";
        Files.createFile(one.resolve(SampleSavepoints.JOB).resolve(mark));

        Disposal found = disposal("c");

        assertThat(found.isFree()).isFalse();
        assertThatThrownBy(() -> found.requireFree(new Path(one.toString())))
                .hasMessageContaining("job " + fork + " of application_1700000000000_0007")
                .hasMessageContaining(mark)
                .hasMessageContaining("--force");
        assertThat(found.without(each -> each.application().endsWith("_0008")).isFree()).isFalse();
        assertThat(found.without(each -> each.application().endsWith("_0007")).isFree()).isTrue();
    }

    @Test
    void tablesThatAreClaimedStayForAnotherFork() throws IOException {
        java.nio.file.Path tables = temporary.resolve("s/two");
        java.nio.file.Path mark = tables.resolve("fork-" + "f".repeat(32) + "-1-1");
        Files.createFile(mark);
        Path path = new Path(tables.toString());

        assertThatThrownBy(() -> new TablesFormat().release(path, List.of()))
                .hasMessageContaining("was started from it");
        assertThat(tables.resolve("_manifest.json")).exists();

        Files.delete(mark);
        new TablesFormat().release(path, List.of());
        assertThat(tables).doesNotExist();
    }

    /** The command line names the manifest. */
    @Test
    void tablesWhoseManifestIsNamedAreMarkedBesideIt() {
        Path manifest = new Path(temporary.resolve("s/two/_manifest.json").toString());
        JobId fork = new JobId("f".repeat(32));
        String mark = "fork-" + fork.hex() + "-1-1-application_1_0007";

        ForkMarks.place(manifest, new TablesFormat().read(manifest), fork, "application_1_0007");

        assertThat(temporary.resolve("s/two").resolve(mark)).exists();
        assertThat(ForkMarks.on(manifest)).hasSize(1);
        ForkMarks.remove(manifest, fork);
        assertThat(temporary.resolve("s/two").resolve(mark)).doesNotExist();
    }
}
