-- The particle after a word follows its last sound.
SELECT word, word || korean_particle(word, '은') AS topic, word || korean_particle(word, '가') AS subject, word || korean_particle(word, '을/를') AS object,
       word || korean_particle(word, '와/과') AS with_it, word || korean_particle(word, '(으)로') AS by_it
FROM (VALUES
    (1, '한국전력공사'), (2, '한국농어촌공사'), (3, '한국콘텐츠진흥원'), (4, '농협은행'), (5, '서울'), (6, '전라남도청'),
    -- digits are read in Sino-Korean: yeong il i sam sa o yuk chil pal gu
    (10, '2020'), (11, '2021'), (12, '2022'), (13, '2023'), (14, '2024'), (15, '2025'), (16, '2026'), (17, '2027'), (18, '2028'), (19, '2029'), (20, '0.107'),
    -- Latin letters by their names: only el, em, en and al end in a consonant
    (30, '한전KDN'), (31, '한전KPS'), (32, 'KENTECH'), (33, 'KEPCO MCS'), (34, 'KTL'), (35, 'IBM'), (36, 'HR'), (37, 'kcl'), (38, '5G'), (39, 'R&D'),
    -- brackets and quotes
    (50, '한전KPS(주)'), (51, '(주)'), (52, '(주)한국남동발전'), (53, '한국전력거래소(KPX)'), (54, '한국에너지공과대학교(켄텍)'), (55, '농업 (벼, 밭)'), (56, '"나주"'), (57, '‘빛가람’'), (58, '《혁신도시법》'),
    (59, '산업 연관(0.181, 점수의 31%)'), (60, '가((나))'), (61, '[벌]'), (62, '성과.'), (63, '31%'), (64, '한전 '),
    -- one character for several, and several for one
    (70, '㈜한전㈜'), (71, normalize('나주역', NFD)), (72, 'ＫＤＮ'), (73, '２０２６'), (74, 'ㄹ'), (75, 'ㅅ'), (76, 'ㅏ'),
    -- not known: both forms
    (90, '羅州'), (91, ''), (92, '…'), (93, '()'), (94, '나주→')) w (place, word)
ORDER BY place;
-- Every syllable of Hangul, against its decomposition: two letters have no final consonant, three have, and the last is rieul in one of 28.
SELECT korean_particle(chr(c), '이') AS subject, korean_particle(chr(c), '로') AS by_it, char_length(normalize(chr(c), NFD)) AS letters,
       right(normalize(chr(c), NFD), 1) = U&'\11AF' AS rieul, count(*)
FROM generate_series(44032, 55203) c GROUP BY 1, 2, 3, 4 ORDER BY 1, 2;
SELECT korean_particle(NULL, '은') IS NULL AS no_word, korean_particle('나주', NULL) IS NULL AS no_particle;
SELECT korean_particle('나주', '에서');
SELECT korean_particle('나주', '');
