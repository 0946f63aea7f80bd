package io.millrace.it.program;

import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.it.program.Visits.Visited;
import io.millrace.state.api.OperatorIdentifier;
import io.millrace.state.api.OperatorTransformation;
import io.millrace.state.api.SavepointReader;
import io.millrace.state.api.SavepointWriter;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;
import io.millrace.state.api.function.KeyedStateReaderFunction;

/** Writes a savepoint of {@link Visits} in which one page has another count. */
public final class RepairVisits {
    private RepairVisits() {}

    /**
     * @param args the savepoint, the new one, the page, its count
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        long page = Long.parseLong(args[2]);
        long count = Long.parseLong(args[3]);
        OperatorIdentifier visits = OperatorIdentifier.forUid(Visits.UID);
        DataStream<Tuple2<Long, Long>> counts =
                SavepointReader.read(env, args[0])
                        .readKeyedState(visits, new Read())
                        .map(each -> each.f0 == page ? Tuple2.of(page, count) : each)
                        .returns(Types.TUPLE(Types.LONG, Types.LONG));
        SavepointWriter.fromExistingSavepoint(env, args[0])
                .removeOperator(visits)
                .withOperator(
                        visits,
                        OperatorTransformation.bootstrapWith(counts)
                                .keyBy(each -> each.f0, Types.LONG)
                                .transform(new Write()))
                .write(args[1]);
        env.execute("RepairVisits");
    }

    private static final class Read extends KeyedStateReaderFunction<Long, Tuple2<Long, Long>> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Visited> state;

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(Visits.visited());
        }

        @Override
        public void readKey(Long page, Context context, Collector<Tuple2<Long, Long>> out)
                throws Exception {
            out.collect(Tuple2.of(page, state.value().count()));
        }
    }

    private static final class Write extends KeyedStateBootstrapFunction<Long, Tuple2<Long, Long>> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Visited> state;

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(Visits.visited());
        }

        @Override
        public void processElement(Tuple2<Long, Long> each, Context context) throws Exception {
            state.update(new Visited(each.f1));
        }
    }
}
