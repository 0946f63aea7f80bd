package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs whose keyed state is in RocksDB, on the embedded cluster. */
@Timeout(60)
class RocksProgramsTest {
    @Test
    void stateOfAllShapesIsKeptOnTheLocalDisk() throws Exception {
        Configuration options = new Configuration();
        options.setString("state.backend.type", "rocksdb");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, options);

        List<String> last = new ArrayList<>();
        try (var results =
                env.fromSequence(1, 10_000)
                        .keyBy(number -> number % 100)
                        .process(new Remembering())
                        .returns(Types.STRING)
                        .executeAndCollect()) {
            results.forEachRemaining(last::add);
        }

        assertThat(last).hasSize(100).allMatch(text -> text.endsWith(" count=100 list=100 map=10"));
    }

    private static final class Remembering extends KeyedProcessFunction<Long, Long, String> {
        private transient ValueState<Long> count;
        private transient ListState<Long> list;
        private transient MapState<Long, String> map;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
            list = getRuntimeContext().getListState(new ListStateDescriptor<>("list", Types.LONG));
            map =
                    getRuntimeContext()
                            .getMapState(new MapStateDescriptor<>("map", Types.LONG, Types.STRING));
        }

        @Override
        public void processElement(Long number, Context context, Collector<String> out)
                throws Exception {
            long seen = count.value() == null ? 1 : count.value() + 1;
            count.update(seen);
            list.add(number);
            map.put(number / 100 % 10, "n" + number);
            if (seen == 100) {
                int listed = 0;
                for (Long ignored : list.get()) {
                    listed++;
                }
                int mapped = 0;
                for (Long ignored : map.keys()) {
                    mapped++;
                }
                out.collect(
                        context.getCurrentKey()
                                + " count="
                                + seen
                                + " list="
                                + listed
                                + " map="
                                + mapped);
            }
        }
    }
}
