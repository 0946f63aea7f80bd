package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.Partitioning.Kind;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.SupportsPreWriteTopology;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamGraphTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(4);

    @Test
    void hasANodeForEachOperatorInTheOrderOfTheProgram() {
        env.fromData("a b", "c")
                .flatMap(
                        (String line, io.millrace.api.function.Collector<String> out) ->
                                out.collect(line))
                .map(word -> Tuple2.of(word, 1))
                .returns(new TypeHint<Tuple2<String, Integer>>() {})
                .name("Pair")
                .uid("pair")
                .keyBy(pair -> pair.f0)
                .sum(1)
                .print();

        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.nodes())
                .extracting(StreamNode::name)
                .containsExactly(
                        "Source: Collection Source",
                        "Flat Map",
                        "Pair",
                        "Keyed Aggregation",
                        "Sink: Print to Std. Out");
        assertThat(graph.nodes())
                .extracting(StreamNode::parallelism)
                .containsExactly(1, 4, 4, 4, 4);
        assertThat(graph.edges())
                .extracting(edge -> edge.partitioning().kind())
                .containsExactly(Kind.REBALANCE, Kind.FORWARD, Kind.KEY_GROUP, Kind.FORWARD);
        assertThat(graph.nodes().get(2).uid()).isEqualTo("pair");
        assertThat(graph.nodes().get(3).outputType())
                .isEqualTo(Types.TUPLE(Types.STRING, Types.INT));
        assertThat(graph.nodes().get(1).outputType()).as("erased").isNull();
        assertThat(graph.jobName()).isEqualTo(StreamExecutionEnvironment.DEFAULT_JOB_NAME);
    }

    /** Tells odd numbers apart before it writes. */
    private static final class Halving extends DiscardingSink<Integer>
            implements SupportsPreWriteTopology<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public DataStream<Integer> addPreWriteTopology(DataStream<Integer> inputDataStream) {
            return inputDataStream.filter(number -> number % 2 == 0).name("Half").rebalance();
        }
    }

    @Test
    void aSinkMayPutOperatorsBeforeItsWriters() {
        env.fromData(1, 2).sinkTo(new Halving()).name("Out").setParallelism(2);

        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.nodes())
                .extracting(StreamNode::name)
                .containsExactly("Source: Collection Source", "Half", "Sink: Out");
        assertThat(graph.edges().get(1).partitioning().kind()).isEqualTo(Kind.REBALANCE);
        assertThat(graph.nodes().get(2).parallelism()).isEqualTo(2);
    }

    @Test
    void makesWatermarksInTheOrderInWhichRecordsCome() {
        env.fromData(1L, 2L)
                .assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps())
                .print();

        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.nodes()).extracting(StreamNode::parallelism).containsExactly(1, 1, 4);
        assertThat(graph.edges().get(0).partitioning().kind()).isEqualTo(Kind.FORWARD);
    }

    @Test
    void refusesTwoSideOutputsOfOneNameAndDifferentTypes() {
        SingleOutputStreamOperator<Long> numbers = env.fromData(1L).map(number -> number);
        numbers.getSideOutput(new OutputTag<>("side", Types.STRING));
        numbers.getSideOutput(new OutputTag<>("side", Types.STRING));

        assertThatThrownBy(() -> numbers.getSideOutput(new OutputTag<>("side", Types.INT)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'side'")
                .hasMessageContaining("Integer");
    }

    @Test
    void joinsTheBranchesOfAUnionAtTheNextOperator() {
        DataStream<Long> both = env.fromSequence(1, 2).union(env.fromSequence(3, 4));
        both.keyBy(value -> value % 2).reduce(Long::sum).sinkTo(new DiscardingSink<>());

        List<StreamEdge> intoReduce =
                env.getStreamGraph().edges().stream().filter(edge -> edge.targetId() == 3).toList();

        assertThat(intoReduce).extracting(StreamEdge::sourceId).containsExactly(1, 2);
        assertThat(intoReduce).allMatch(edge -> edge.partitioning().kind() == Kind.KEY_GROUP);
    }

    @Test
    void carriesThePartitioningThatTheProgramAsksFor() {
        DataStream<Long> numbers = env.fromSequence(1, 10);
        List.of(
                        numbers.rebalance(),
                        numbers.rescale(),
                        numbers.shuffle(),
                        numbers.broadcast(),
                        numbers.global(),
                        numbers.forward(),
                        numbers.partitionCustom((key, parts) -> 0, value -> value))
                .forEach(stream -> stream.sinkTo(new DiscardingSink<>()));

        assertThat(env.getStreamGraph().edges())
                .extracting(edge -> edge.partitioning().kind())
                .containsExactly(
                        Kind.REBALANCE,
                        Kind.RESCALE,
                        Kind.SHUFFLE,
                        Kind.BROADCAST,
                        Kind.GLOBAL,
                        Kind.FORWARD,
                        Kind.CUSTOM);
    }

    @Test
    void refusesForwardBetweenDifferentParallelisms() {
        env.fromSequence(1, 2).setParallelism(2).forward().sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::getStreamGraph)
                .isInstanceOfSatisfying(
                        UnsupportedOperationException.class,
                        e ->
                                assertThat(MillraceException.codeOf(e, null))
                                        .isEqualTo(ErrorCode.PROGRAM_INVALID))
                .hasMessageContainingAll(
                        "forward() needs the same parallelism", "has 2 and 'Sink: Unnamed' has 4");
    }

    @Test
    void refusesAProgramWithoutOperators() {
        assertInvalid("has no operators");
    }

    @Test
    void refusesTwoOperatorsOfOneUid() {
        env.fromSequence(1, 2).uid("x").sinkTo(new DiscardingSink<>()).uid("x");
        assertInvalid("the uid 'x' is given to both");
    }

    @Test
    void refusesMoreParallelismThanKeyGroups() {
        env.fromSequence(1, 2).setParallelism(8).setMaxParallelism(4);
        assertInvalid("is 8, more than its maximum parallelism 4");
    }

    @Test
    void takesKeyGroupsForOneAndAHalfTimesTheParallelism() {
        assertThat(GraphAssembly.defaultMaxParallelism(1)).isEqualTo(128);
        assertThat(GraphAssembly.defaultMaxParallelism(85)).isEqualTo(128);
        assertThat(GraphAssembly.defaultMaxParallelism(86)).isEqualTo(256);
        assertThat(GraphAssembly.defaultMaxParallelism(30000)).isEqualTo(32768);
    }

    @Test
    void runsBoundedProgramsAsBatchWhereTheModeIsAutomatic() {
        env.setRuntimeMode(RuntimeExecutionMode.AUTOMATIC);
        env.fromSequence(1, 2).sinkTo(new DiscardingSink<>());
        assertThat(env.getStreamGraph().mode()).isEqualTo(ExecutionMode.BATCH);
        env.fromSource(new EndlessSource(), WatermarkStrategy.noWatermarks(), "endless");
        assertThat(env.getStreamGraph().mode()).isEqualTo(ExecutionMode.STREAMING);
    }

    @Test
    void refusesEndlessSourcesInBatchMode() {
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.fromSource(new EndlessSource(), WatermarkStrategy.noWatermarks(), "endless");
        assertInvalid("the mode is BATCH, but 'Source: endless' never ends");
    }

    @Test
    void inheritsTheSlotSharingGroupThatAllInputsShare() {
        SingleOutputStreamOperator<Long> a = env.fromSequence(1, 2).slotSharingGroup("a");
        a.filter(value -> true);
        a.union(env.fromSequence(1, 2)).filter(value -> true);
        assertThat(env.getStreamGraph().nodes())
                .extracting(StreamNode::slotSharingGroup)
                .containsExactly("a", "a", "default", "default");
    }

    @Test
    void keepsWhatTheProgramSaysAboutChains() {
        env.fromSequence(1, 2).map(x -> x).startNewChain().map(x -> x).disableChaining();
        assertThat(env.getStreamGraph().nodes())
                .extracting(StreamNode::chaining)
                .containsExactly(Chaining.ALWAYS, Chaining.HEAD, Chaining.NEVER);
        env.disableOperatorChaining();
        assertThat(env.getStreamGraph().nodes())
                .allMatch(node -> node.chaining() == Chaining.NEVER);
    }

    @Test
    void passesOptionsAndParametersOnWithTheGraph() {
        Configuration given = new Configuration();
        given.setString("pipeline.name", "named");
        StreamExecutionEnvironment configured =
                StreamExecutionEnvironment.getExecutionEnvironment(given);
        configured
                .getConfig()
                .setGlobalJobParameters(Configuration.fromMap(Map.of("input", "a,b:c 'd'")));
        configured.fromSequence(1, 2);

        StreamGraph graph = configured.getStreamGraph();

        assertThat(graph.jobName()).isEqualTo("named");
        assertThat(new ExecutionConfig(graph.config()).getGlobalJobParameters().toMap())
                .isEqualTo(Map.of("input", "a,b:c 'd'"));
        assertThat(graph.config().find(ProgramOptions.PARALLELISM)).isEmpty();
    }

    @Test
    void saysWhichJarIsMissingIfThereIsNoEngine() {
        env.fromSequence(1, 2).sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::execute)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("CLUSTER_NOT_CONFIGURED")
                .hasMessageContaining("millrace-host");
    }

    @Test
    void refusesKeysWithoutAHashCodeOfTheirOwn() {
        DataStream<Long> numbers = env.fromSequence(1, 2);
        assertThatThrownBy(() -> numbers.keyBy(value -> new int[0]))
                .hasMessageContaining("int[] cannot be a key");
    }

    @Test
    void refusesUnionsOfDifferentTypes() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        DataStream<Long> strings = (DataStream) env.fromData("a");
        DataStream<Long> numbers = env.fromSequence(1, 2);
        assertThatThrownBy(() -> numbers.union(strings)).hasMessageContaining("Long and String");
    }

    private void assertInvalid(String... parts) {
        assertThatThrownBy(env::getStreamGraph)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_INVALID))
                .hasMessageContainingAll(parts);
    }
}
