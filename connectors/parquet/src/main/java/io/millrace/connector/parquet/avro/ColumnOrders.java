package io.millrace.connector.parquet.avro;

import java.util.List;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.ColumnOrder.ColumnOrderName;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The order of a column's statistics, as files name it. Stateless.
 *
 * <p>The library gives floating-point columns the total order of IEEE 754. Readers with an older
 * library do not know that order, and Hive 4.1 then refuses each struct that has such a column. So
 * files name the order that the type defines, which all know: there NaN is no part of the least and
 * greatest value, and zeros are −0.0 as the least and +0.0 as the greatest, which the library sees
 * to.
 */
public final class ColumnOrders {
    private ColumnOrders() {}

    /** The same schema, with no order that older readers do not know, at any depth. */
    public static MessageType known(MessageType schema) {
        return new MessageType(schema.getName(), known(schema.getFields()));
    }

    private static List<Type> known(List<Type> fields) {
        return fields.stream().map(ColumnOrders::known).toList();
    }

    private static Type known(Type field) {
        if (!field.isPrimitive()) {
            GroupType group = field.asGroupType();
            return group.withNewFields(known(group.getFields()));
        }
        return field.asPrimitiveType().columnOrder().getColumnOrderName()
                        == ColumnOrderName.IEEE_754_TOTAL_ORDER
                ? field.asPrimitiveType().withColumnOrder(ColumnOrder.typeDefined())
                : field;
    }
}
