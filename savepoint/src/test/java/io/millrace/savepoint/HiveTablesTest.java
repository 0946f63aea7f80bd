package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Written;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiveTablesTest {
    private static Written.Field field(String name, Written form) {
        return new Written.Field(name, true, form);
    }

    private static Written of(Scalar scalar) {
        return new Written.ScalarOf(scalar);
    }

    @Test
    void everyColumnHasItsTypeInHive() {
        Written.Struct value =
                new Written.Struct(
                        Schema.Form.POJO,
                        "com.x.All",
                        List.of(
                                field("small", of(Scalar.BYTE)),
                                field("price", of(Scalar.BIG_DECIMAL)),
                                field("at", of(Scalar.INSTANT)),
                                field("day", of(Scalar.LOCAL_DATE)),
                                field("colour", new Written.EnumOf("C", List.of("RED"))),
                                field(
                                        "tags",
                                        new Written.Sequence(
                                                Schema.SequenceForm.LIST, of(Scalar.STRING))),
                                field(
                                        "sizes",
                                        new Written.Mapping(
                                                Schema.MappingForm.MAP,
                                                of(Scalar.STRING),
                                                of(Scalar.DOUBLE))),
                                field("any", new Written.Any())));

        String statement =
                new HiveTables()
                        .create(
                                "My Uid",
                                "all",
                                StoredRows.codec(value).layout(),
                                "hdfs:///sp/op=My%20Uid/state=all");

        assertThat(statement)
                .isEqualTo(
                        """
                        CREATE EXTERNAL TABLE `my_uid_all` (
                          `key_group` int,
                          `key` bigint,
                          `value` struct<`small`:tinyint,`price`:struct<`value`:decimal(38,18),`scale`:int>,\
                        `at`:timestamp,`day`:date,`colour`:string,`tags`:array<string>,\
                        `sizes`:map<string,double>,`any`:binary>,
                          `raw` binary)
                        STORED AS PARQUET
                        LOCATION 'hdfs:///sp/op=My%20Uid/state=all';
                        """);
    }

    @Test
    void tablesThatWouldHaveOneNameAreNumbered() {
        HiveTables hive = new HiveTables();
        List<String> statements = new ArrayList<>();
        for (String name : List.of("a-b", "a_b")) {
            statements.add(hive.create("u", name, StoredRows.codec(of(Scalar.INT)).layout(), "/x"));
        }

        assertThat(statements.get(0)).startsWith("CREATE EXTERNAL TABLE `u_a_b` ");
        assertThat(statements.get(1)).startsWith("CREATE EXTERNAL TABLE `u_a_b_2` ");
    }
}
