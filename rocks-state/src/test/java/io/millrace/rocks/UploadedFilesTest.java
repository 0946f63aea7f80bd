package io.millrace.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.SegmentRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadedFilesTest {
    private static SegmentRef segment(String file, long length) {
        return new SegmentRef(file, 0, length, 0);
    }

    private final UploadedFiles first =
            UploadedFiles.NONE.with(
                    Map.of(),
                    Map.of(
                            "1.sst", segment("a", 100),
                            "2.sst", segment("a", 300),
                            "3.sst", segment("a", 600)));

    @Test
    void refersToWhatIsStillUsed() {
        assertThat(first.usable(List.of("2.sst", "3.sst", "4.sst")))
                .containsOnlyKeys("2.sst", "3.sst");
    }

    @Test
    void leavesAFileOfWhichLittleIsUsed() {
        assertThat(first.usable(List.of("1.sst"))).isEmpty();
        assertThat(first.usable(List.of("2.sst"))).containsOnlyKeys("2.sst");
    }

    @Test
    void remembersHowMuchItHasWrittenToAFile() {
        UploadedFiles second =
                first.with(
                        first.usable(List.of("3.sst", "4.sst")), Map.of("4.sst", segment("b", 50)));

        assertThat(second.usable(List.of("3.sst", "4.sst"))).containsOnlyKeys("3.sst", "4.sst");
        assertThat(second.writtenBytes()).isEqualTo(Map.of("a", 1000L, "b", 50L));
    }
}
