package io.millrace.host.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.LocatedInput;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputHostsTest {
    private static final class Located extends NumberSequenceSource implements LocatedInput {
        private static final long serialVersionUID = 1L;

        private final Map<String, Long> bytes; // null if it cannot tell

        Located(Map<String, Long> bytes) {
            super(1, 2);
            this.bytes = bytes;
        }

        @Override
        public Map<String, Long> bytesByHost() throws IOException {
            if (bytes == null) {
                throw new IOException("the NameNode is busy");
            }
            return bytes;
        }
    }

    private static StreamGraph graph(NumberSequenceSource... sources) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        for (NumberSequenceSource source : sources) {
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers").print();
        }
        return env.getStreamGraph();
    }

    @Test
    void theHostsOfAllSourcesAreToldThoseWithTheMostBytesFirst() {
        StreamGraph graph =
                graph(
                        new Located(Map.of("a", 10L, "b", 30L)),
                        new NumberSequenceSource(1, 2),
                        new Located(Map.of("a", 25L, "c", 1L)));
        assertThat(InputHosts.of(graph, getClass().getClassLoader()))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aSourceThatCannotTellDoesNotFailTheJob() {
        StreamGraph graph = graph(new Located(null), new Located(Map.of("a", 1L)));
        assertThat(InputHosts.of(graph, getClass().getClassLoader())).containsExactly("a");
    }
}
