import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Codes through JDBC, which binds strings as varchar. Prints TAP; the first argument is the URL. */
public class CodeJdbc {
    private static int count = 0;

    private static void ok(boolean passed, String name) {
        System.out.println((passed ? "ok " : "not ok ") + ++count + " - JDBC: " + name);
    }

    private static String ask(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof String) {
                    statement.setString(i + 1, (String) values[i]);
                } else if (values[i] instanceof String[]) {
                    statement.setArray(i + 1, connection.createArrayOf("text", (String[]) values[i]));
                } else {
                    statement.setObject(i + 1, values[i]);
                }
            }
            StringBuilder lines = new StringBuilder();
            if (statement.execute()) {
                for (ResultSet result = statement.getResultSet(); result.next();) {
                    lines.append(lines.length() > 0 ? "\n" : "").append(result.getString(1));
                }
            }
            return lines.toString();
        }
    }

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            connection.setAutoCommit(false);
            ok(ask(connection, "SELECT id FROM code_client WHERE sector = ?", "35111").equals("0"), "setString");
            ok(ask(connection, "SELECT id FROM code_client WHERE sector = ?", "D35111").equals("0"), "by meaning");
            ok(ask(connection, "SELECT id FROM code_client WHERE ? = sector", "35111").equals("0"), "setString on the left");
            ok(ask(connection, "SELECT sector FROM code_client WHERE id = ?", 3).equals("cluster:ENERGY"), "getString");
            ok(ask(connection, "SELECT count(*) FROM code_client WHERE sector IN (?, ?)", "35111", "35112").equals("2"), "IN");
            ok(ask(connection, "SELECT count(*) FROM code_client WHERE sector = ANY (?)", (Object) new String[] {"35111", "n/a"}).equals("1"),
                "= ANY of an array of texts");
            ok(ask(connection, "SELECT count(*) FROM code_client WHERE sector <@ ?::sector_code", "35").equals("3"), "a subtree");
            ok(ask(connection, "SELECT count(*) FROM code_client WHERE sector = ?", "n/a").equals("0"), "a text that is no code finds nothing");
            ok(ask(connection, "SELECT count(*) FROM code_client WHERE sector > ? AND sector < ?", "35", "351119").equals("4"), "a range of strings");
            String explain = "EXPLAIN SELECT id FROM code_client WHERE ";
            ok(ask(connection, explain + "sector = ?", "35111").contains("code_client_sector"), "the index is used by sector = ?");
            ok(ask(connection, explain + "sector IN (?, ?)", "35111", "n/a").contains("code_client_sector"), "the index is used by IN");
            ok(ask(connection, explain + "sector = ANY (?)", (Object) new String[] {"35111", "n/a"}).contains("code_client_sector"),
                "the index is used by = ANY of an array of texts");
            ok(ask(connection, explain + "sector BETWEEN ? AND ?", "35", "351119").contains("code_client_sector"), "the index is used by BETWEEN");
            ok(ask(connection, explain + "sector <@ ?::sector_code", "35").contains("code_client_sector"), "the index is used by <@");
            // From the fifth time on the driver prepares a statement in the server, which may then plan it once for all values.
            try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM code_client WHERE sector = ? OR sector <@ ?::sector_code")) {
                int agreed = 0;
                for (int i = 0; i < 12; i++) {
                    statement.setString(1, i % 2 == 0 ? "D35111" : "n/a");
                    statement.setString(2, i % 3 == 0 ? "352" : "3511");
                    try (ResultSet result = statement.executeQuery()) {
                        result.next();
                        int expected = i % 3 != 0 ? 2 : i % 2 == 0 ? 2 : 1;
                        agreed += result.getInt(1) == expected ? 1 : 0;
                    }
                }
                ok(agreed == 12, "a statement prepared in the server");
            }
            ask(connection, "INSERT INTO code_client (id, sector, region) VALUES (?, ?, ?)", -1, "26111", "46000");
            ok(ask(connection, "SELECT region FROM code_client WHERE id = ?", -1).equals("46"), "inserted by setString");
            try {
                ask(connection, "SELECT ?::varchar::sector_code", "no code");
                ok(false, "a bad code is an error");
            } catch (SQLException error) {
                ok(error.getSQLState().equals("22P02") && error.getMessage().contains("3511"), "a bad code is an error with a hint");
            }
            connection.rollback();
        }
        System.out.println("1.." + count);
    }
}
