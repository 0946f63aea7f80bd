package io.millrace.connector.avro;

import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.PojoField;
import io.millrace.api.type.PojoTypeInfo;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The description of a class that Avro generated; its fields are those of the schema. Immutable.
 *
 * @param <T> the class
 */
public class AvroTypeInfo<T extends SpecificRecordBase> extends PojoTypeInfo<T> {
    private static final long serialVersionUID = 1L;

    /**
     * @param typeClass public
     */
    public AvroTypeInfo(Class<T> typeClass) {
        super(typeClass, fieldsOf(typeClass));
    }

    private static List<PojoField> fieldsOf(Class<? extends SpecificRecordBase> type) {
        List<PojoField> fields = new ArrayList<>();
        for (Schema.Field field : AvroData.schemaOf(type).getFields()) {
            // Avro appends a $ to names that Java reserves.
            Field member = TypeExtractor.getDeclaredField(type, field.name());
            if (member == null) {
                member = TypeExtractor.getDeclaredField(type, field.name() + "$");
            }
            if (member != null) {
                fields.add(new PojoField(member, typeOf(member)));
            }
        }
        return fields;
    }

    private static TypeInformation<?> typeOf(Field field) {
        Class<?> type = field.getType();
        boolean text = type == CharSequence.class;
        if (text || SpecificRecordBase.class.isAssignableFrom(type)) {
            return Types.GENERIC(type); // not looked into: Avro writes it
        }
        TypeInformation<?> described = TypeExtractor.createTypeInfo(field.getGenericType());
        return described != null ? described : Types.GENERIC(type);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return AvroSerializer.ofSpecific(getTypeClass());
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof AvroTypeInfo<?>;
    }

    @Override
    public String toString() {
        return "AvroTypeInfo<" + getTypeClass().getName() + ">";
    }
}
