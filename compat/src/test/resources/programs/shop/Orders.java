package shop;

import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.*;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** Counts articles; written as for Flink, with an import of a whole package. */
public final class Orders {
    /** Splits an order, see {@link org.apache.flink.api.common.functions.FlatMapFunction}. */
    static final class Split extends RichFlatMapFunction<String, Tuple2<String, Integer>> {
        private transient int calls;

        @Override
        public void open(OpenContext context) {
            calls = 0;
        }

        @Override
        public void flatMap(String order, Collector<Tuple2<String, Integer>> out) {
            calls++;
            for (String article : order.split(" ")) {
                out.collect(Tuple2.of(article, 1));
            }
        }
    }

    public static List<Tuple2<String, Integer>> count(String... orders) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        FilterFunction<Tuple2<String, Integer>> known = pair -> !pair.f0.isEmpty();
        return env.fromData(orders)
                .flatMap(new Split())
                .filter(known)
                .keyBy(
                        new KeySelector<Tuple2<String, Integer>, String>() {
                            @Override
                            public String getKey(Tuple2<String, Integer> pair) {
                                return pair.f0;
                            }
                        })
                .sum(1)
                .executeAndCollect(100);
    }

    static org.apache.flink.configuration.ReadableConfig configuration() {
        return new Configuration();
    }
}
