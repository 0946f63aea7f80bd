package io.millrace.host.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystemFactory;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.plan.JobId;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointFilesTest {
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");

    @TempDir private java.nio.file.Path directory;

    /** A file system whose own code is incomplete, as without its jar. */
    private record Incomplete() implements FileSystemFactory {
        @Override
        public String getScheme() {
            return "lake";
        }

        @Override
        public FileSystem create(URI uri) {
            throw new NoClassDefFoundError("org/example/LakeClient");
        }
    }

    @Test
    void aFileSystemThatFailsFailsTheSavepointAndNotTheLeader() throws Exception {
        FileSystem.install(List.of(new Incomplete()), directory.toUri());
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        try (SavepointFiles files = new SavepointFiles(seen::add, seen::add)) {
            files.place(
                    new Effect.PlaceSavepoint(
                            JOB, "op", "lake://store/savepoints", SavepointFormatType.NATIVE));

            assertThat(seen.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Event.SavepointPlaced.class,
                            placed -> {
                                assertThat(placed.failure().code())
                                        .isEqualTo(ErrorCode.STORAGE_FAILED);
                                assertThat(placed.failure().summary())
                                        .contains("lake://store/savepoints", "LakeClient");
                            });
        }
    }
}
