package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointDirectoryTest {
    private final CheckpointDirectory directory =
            new CheckpointDirectory(
                    FileSystem.getLocalFileSystem(),
                    new Path("file:///checkpoints"),
                    new JobId(Manifests.JOB));

    @Test
    void filesLieBelowJobEpochAndCheckpoint() {
        String file = CheckpointDirectory.segmentFile(3, 17, "container_e01_000002");

        assertThat(file).isEqualTo("3/17/container_e01_000002.seg");
        assertThat(directory.resolve(file))
                .hasToString(
                        "file:/checkpoints/" + Manifests.JOB + "/3/17/container_e01_000002.seg");
    }

    @Test
    void aWorkerWithAnyNameHasAFile() {
        assertThat(CheckpointDirectory.segmentFile(0, 1, "../a b:1")).isEqualTo("0/1/_._a_b_1.seg");
    }

    @Test
    void anAbsoluteNameLeadsToTheSameFile() {
        String absolute = directory.absolute("3/17/w.seg");

        assertThat(directory.resolve(absolute)).isEqualTo(directory.resolve("3/17/w.seg"));
        assertThat(directory.place(absolute).foreign()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "file:///etc/passwd",
                "../../etc/passwd",
                "3/17/../../../w.seg",
                "3/17/..seg",
                "3/17/w",
                "3/17/manifest",
                "3/17/a/w.seg",
                "3/017/w.seg",
                "-3/17/w.seg",
                "3/99999999999999999999/w.seg",
                "3/17/w.seg\n",
                "/3/17/w.seg",
                "x/0123456789abcdef0123456789abcdef/3/17/w.seg",
                "file:/a/../0123456789abcdef0123456789abcdef/3/17/w.seg",
                "/a/0123456789abcdef0123456789abcdef/3/17/../w.seg"
            })
    void aNameThatCannotBeOfACheckpointIsRefused(String hostile) {
        assertThatThrownBy(() -> directory.resolve(hostile))
                .hasMessageStartingWith("CHECKPOINT_FILE_CORRUPT: ")
                .hasMessageContaining("'" + hostile + "'");
    }
}
