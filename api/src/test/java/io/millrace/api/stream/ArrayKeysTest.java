package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays have an order and no hash code of their contents. */
class ArrayKeysTest {
    static List<TypeInformation<?>> keys() {
        TypeInformation<?> array = Types.PRIMITIVE_ARRAY(Types.INT);
        return List.of(array, Types.TUPLE(Types.INT, array), Types.LIST(array));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void areRefusedWhereverTheyAreInTheKey(TypeInformation<Object> key) {
        DataStream<Tuple2<Integer, int[]>> stream =
                new StreamExecutionEnvironment().fromData(Tuple2.of(1, new int[] {1}));

        assertThatThrownBy(() -> stream.keyBy(pair -> (Object) pair.f1, key))
                .hasMessageContaining(ErrorCode.PROGRAM_INVALID.name())
                .hasMessageContaining("cannot be a key");
    }
}
