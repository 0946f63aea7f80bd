package io.millrace.connector.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.error.MillraceException;
import io.millrace.connector.parquet.write.ColumnSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Leaves of groups are read as they were written, with what of the groups is there. */
class LeafBatchesTest {
    private static final ColumnSettings SETTINGS =
            new ColumnSettings(CompressionCodecName.SNAPPY, true, 4000, 500, 2000);

    @Test
    void randomRowsInGroupsAreReadLeafByLeaf() throws IOException {
        int read = 0;
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            MessageType schema = unrepeated(RandomGroups.schema(random));
            if (!LeafBatches.canRead(schema)) {
                continue;
            }
            List<List<Group>> groups =
                    List.of(
                            RandomGroups.rows(random, schema, 1 + random.nextInt(3000)),
                            RandomGroups.rows(random, schema, 1 + random.nextInt(300)));
            WriterVersion version = WriterVersion.values()[random.nextInt(2)];
            byte[] file =
                    random.nextBoolean()
                            ? GroupFiles.ours(schema, SETTINGS, groups)
                            : GroupFiles.theirs(schema, SETTINGS, version, groups);
            for (int i = 0; i < groups.size(); i++) {
                assertEquals(
                        expected(schema, groups.get(i)), read(schema, file, i), "seed " + seed);
            }
            read++;
        }
        assertTrue(read > 20, read + " schemas");
    }

    private static MessageType unrepeated(MessageType schema) {
        return new MessageType("m", unrepeated(schema.getFields()));
    }

    private static List<Type> unrepeated(List<Type> fields) {
        List<Type> all = new ArrayList<>();
        for (Type field : fields) {
            Repetition repetition =
                    field.isRepetition(Repetition.REPEATED)
                            ? Repetition.OPTIONAL
                            : field.getRepetition();
            if (field.isPrimitive()) {
                Types.PrimitiveBuilder<?> leaf =
                        Types.primitive(field.asPrimitiveType().getPrimitiveTypeName(), repetition)
                                .length(field.asPrimitiveType().getTypeLength())
                                .as(field.getLogicalTypeAnnotation());
                all.add((Type) leaf.named(field.getName()));
            } else {
                List<Type> inside = unrepeated(field.asGroupType().getFields());
                all.add(new GroupType(repetition, field.getName(), inside));
            }
        }
        return all;
    }

    /** Of each leaf of each row its definition, and its value if it is there. */
    private static List<String> expected(MessageType schema, List<Group> rows) {
        List<String> all = new ArrayList<>();
        for (Group row : rows) {
            for (ColumnDescriptor column : schema.getColumns()) {
                all.add(expected(column, row));
            }
        }
        return all;
    }

    private static String expected(ColumnDescriptor column, Group row) {
        Group group = row;
        int definition = 0;
        String[] path = column.getPath();
        for (int i = 0; i < path.length; i++) {
            if (group.getFieldRepetitionCount(path[i]) == 0) {
                return definition + "";
            }
            boolean optional = group.getType().getType(path[i]).isRepetition(Repetition.OPTIONAL);
            definition += optional ? 1 : 0;
            if (i < path.length - 1) {
                group = group.getGroup(path[i], 0);
            }
        }
        String name = path[path.length - 1];
        return definition
                + " "
                + switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                    case INT32 -> group.getInteger(name, 0);
                    case INT64 -> group.getLong(name, 0);
                    case FLOAT -> group.getFloat(name, 0);
                    case DOUBLE -> group.getDouble(name, 0);
                    case BOOLEAN -> group.getBoolean(name, 0);
                    default -> Arrays.toString(group.getBinary(name, 0).getBytes());
                };
    }

    private static List<String> read(MessageType schema, byte[] file, int group)
            throws IOException {
        LeafBatches batches = open(file, group);
        List<String> all = new ArrayList<>();
        for (int rows = batches.next(); rows > 0; rows = batches.next()) {
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < batches.leafCount(); i++) {
                    all.add(read(schema.getColumns().get(i), batches.leaf(i), row));
                }
            }
        }
        return all;
    }

    private static LeafBatches open(byte[] file, int group) throws IOException {
        ParquetMetadata footer =
                ParquetRowGroups.footer(new MemoryFile(file), file.length, 1 << 16, "test.parquet");
        BlockMetaData block = footer.getBlocks().get(group);
        return new LeafBatches(new MemoryFile(file), footer, block, "test.parquet");
    }

    private static String read(ColumnDescriptor column, LeafBatches.Leaf leaf, int row) {
        int definition = leaf.definition(row);
        if (definition < column.getMaxDefinitionLevel()) {
            return definition + "";
        }
        return definition
                + " "
                + switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                    case INT32 -> leaf.intAt(row);
                    case INT64 -> leaf.longAt(row);
                    case FLOAT -> leaf.floatAt(row);
                    case DOUBLE -> leaf.doubleAt(row);
                    case BOOLEAN -> leaf.booleanAt(row);
                    default -> {
                        int begin = leaf.begin(row);
                        yield Arrays.toString(
                                Arrays.copyOfRange(leaf.bytes(), begin, begin + leaf.length(row)));
                    }
                };
    }

    @Test
    void damageIsNamedWithItsColumn() throws IOException {
        MessageType schema =
                MessageTypeParser.parseMessageType(
                        "message m {optional group g {optional binary b; optional int64 n;}}");
        List<Group> rows = RandomGroups.rows(new Random(5), schema, 2000);
        byte[] file = GroupFiles.ours(schema, SETTINGS, List.of(rows));
        file[40] ^= 4;

        MillraceException thrown =
                assertThrows(MillraceException.class, () -> read(schema, file, 0));
        assertTrue(thrown.getMessage().contains("test.parquet, column g.b"), thrown::getMessage);
    }

    @Test
    void columnsThatAreRepeatedAreNotRead() {
        assertFalse(
                LeafBatches.canRead(
                        MessageTypeParser.parseMessageType(
                                "message m {repeated group g {required int32 b;}}")));
    }
}
